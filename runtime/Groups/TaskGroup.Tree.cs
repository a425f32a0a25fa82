using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// What a group shows of itself, and where it stands among the others.
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class TaskGroup
{
    private static readonly AsyncLocal<GroupNode?> s_innermost = new();

    private readonly GroupNode _node;
    private TaskGroup? _parent;
    private GroupSpan? _span;
    private RunningChildren _children;
    private volatile bool _feedsItems;

    /// <summary>
    /// The group in whose <c>RunAsync</c> this one was opened, also from a child of it; null if there was none. A
    /// group of <c>Open</c> has a parent too, but is nobody's.
    /// </summary>
    public TaskGroup? Parent => _parent;

    /// <summary>The children that have not ended: those that run in the order of their start, then the queue.</summary>
    /// <remarks>
    /// A snapshot. It does not hold services, nor children that have not come to their first await yet.
    /// </remarks>
    /// <returns>A list of its own.</returns>
    public IReadOnlyList<ChildTaskInfo> GetChildren()
    {
        var children = new List<ChildTaskInfo>();
        foreach (var child in GetRunning())
            children.Add(new ChildTaskInfo(child.Name, child.Status, StartOf(child)));
        foreach (var child in GetQueued())
            children.Add(new ChildTaskInfo(ChildNames.Of(child.Label), TaskStatus.WaitingToRun, startedAt: null));
        return children;
    }

    /// <summary>The groups that have this one as their <see cref="Parent"/> and have not ended.</summary>
    /// <remarks>A snapshot, for diagnosis: it looks at all groups of the process.</remarks>
    /// <returns>A list of its own, in the order of their opening.</returns>
    public IReadOnlyList<TaskGroup> GetNestedGroups() =>
        LiveGroups.ToList().FindAll(group => ReferenceEquals(group._parent, this));

    /// <summary>Prints all groups of the process that have not ended, with their children, as a tree.</summary>
    /// <remarks>
    /// A snapshot, for diagnosis: names, states, and ages by the clock of each group. May be called on any thread.
    /// </remarks>
    /// <returns>A line for each group, service and child; empty if no group is open.</returns>
    public static string DumpTree() => TreeDump.Print(LiveGroups.ToList());

    /// <summary>The group whose flow the running code belongs to.</summary>
    internal static TaskGroup? Innermost => s_innermost.Value?.Innermost;

    /// <summary>When it was opened.</summary>
    internal DateTimeOffset OpenedAt => StartTimes.Read(_options.TimeProvider, _node.StartedAt);

    internal bool HasBodyEnded => _bodyEnded;

    /// <summary>How many failures the group will end with.</summary>
    internal int FailureCount => _failures?.ToList(withTimeout: true).Count ?? 0;

    private string DebuggerDisplay => TreeDump.Describe(this);

    internal List<RunningChild> GetRunning() => _children.ToList();

    internal IReadOnlyList<QueuedChild> GetQueued() => _slots?.ToArray() ?? [];

    internal IReadOnlyList<RunningChild> GetRunningServices() => _residents?.GetRunningServices() ?? [];

    internal DateTimeOffset StartOf(RunningChild child) =>
        StartTimes.Read(_options.TimeProvider, child.StartedAt);

    /// <summary>Tells whoever listens that a child starts.</summary>
    /// <returns>When that is.</returns>
    internal long NoteStart(object? label)
    {
        _span?.CountChild();
        if (ScopedTasksEventSource.Log.IsEnabled())
            ScopedTasksEventSource.Log.Started(this, label);
        return StartTimes.Note(_options.TimeProvider);
    }

    /// <summary>Lets a child be seen that has come to its first await.</summary>
    internal void Show(RunningChild child) => _children.Add(child);

    /// <summary>The same for the items of a sequence, which their feeder holds the group open for.</summary>
    internal void ShowItem(RunningChild item)
    {
        _feedsItems = true;
        Show(item);
    }

    internal void OnShownChildEnded() => _children.OnEnded(MemberCount, _node);

    private void Appear(bool isWeak)
    {
        if (isWeak)
            LiveGroups.AddWeakly(_node, this);
        else
            LiveGroups.Add(_node);
        if (Name is not null)
            _span = GroupSpan.Start(this);
        ScopedTasksEventSource.Log.Opened(this);
    }

    private void Disappear()
    {
        LiveGroups.Remove(_node);
        _children.Clear();
        // Usually a group ends before its parent. Else work was handed on from group to group, and would keep all.
        if (_parent is { } parent && parent._node.Group is null)
            _parent = null;
        _node.Leave(_parent?._node);
        if (_span is null && !ScopedTasksEventSource.Log.IsEnabled())
            return;
        var outcome = _completion.Foresee(this);
        _span?.Stop(this, outcome);
        ScopedTasksEventSource.Log.Ended(this, outcome);
    }

    private void EnterFlow()
    {
        s_innermost.Value = _node;
        _span?.Enter();
    }
}
