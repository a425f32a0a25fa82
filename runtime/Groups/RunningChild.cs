namespace ScopedTasks;

/// <summary>What a group keeps of a child that has started, until it has ended: its name and when it started.</summary>
/// <remarks>
/// The label is a name, or the delegate whose method names the child; names are made when they are read.
/// </remarks>
internal abstract class RunningChild(object? label, long startedAt) : Watcher
{
    private object? _label = label;
    private volatile bool _ended;

    /// <summary>The child that was started before this one, or an earlier one if that has ended.</summary>
    public RunningChild? Older { get; set; }

    /// <summary>Whether the group may let go of it.</summary>
    public bool HasEnded => _ended;

    /// <summary>When it was started, as <see cref="StartTimes"/> notes it.</summary>
    public long StartedAt { get; protected set; } = startedAt;

    /// <summary>What the child is called.</summary>
    public virtual string? Name => ChildNames.Of(_label);

    /// <summary>Whether it is counted by those who watch it, and not among the group's members.</summary>
    public virtual bool IsItem => false;

    /// <summary>The name, or what names the child.</summary>
    protected object? Label => _label;

    /// <summary>Says that the child has ended; it may stay linked for a while, and then must hold nothing.</summary>
    protected void MarkEnded()
    {
        _label = null;
        _ended = true;
    }
}
