using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Owns tasks: what is started in a group has ended when the group has ended.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Who waits: whoever awaits <c>RunAsync</c>, <see cref="CompleteAsync"/> or <see cref="DisposeAsync"/>
/// waits for the body and for all children, whatever happens.</item>
/// <item>Start: children begin inline, on the context of whoever spawns them, up to their first await. In a group
/// that is full (<see cref="TaskGroupOptions.MaxConcurrency"/>) they queue, and start later on the
/// <c>SynchronizationContext</c>, else the <c>TaskScheduler</c>, and in the <c>ExecutionContext</c> of their
/// spawning.</item>
/// <item>Failure: the first one cancels <see cref="CancellationToken"/>, which every child gets, and comes out of
/// the awaited task; the task's <c>Exception</c> carries all of them, by time. A failing body cancels and waits
/// too. <see cref="TaskGroupOptions.FailureMode"/> has other ways.</item>
/// <item>Cancellation: an <see cref="OperationCanceledException"/> of a child or the body while the group or its
/// outer token is cancelled is no failure; every other one is (an HTTP timeout). When the outer token cut something
/// short the group ends canceled, with that token; when everything had succeeded, it succeeds.
/// <see cref="Cancel"/> is quiet.</item>
/// <item>The body can be interrupted through the token only: let everything that it awaits take
/// <see cref="CancellationToken"/>.</item>
/// <item>A child that awaits a queued sibling of a full group waits for ever: the sibling needs its place. When all
/// that run do, that is reported, after <see cref="TaskGroupOptions.StuckBodyWarning"/>.</item>
/// <item>Threads: all members may be used from any thread, at the same time. Children may be added until the group
/// has ended.</item>
/// </list>
/// After Trio's nursery, Kotlin's <c>coroutineScope</c> and Java's <c>StructuredTaskScope</c>.
/// </remarks>
public sealed partial class TaskGroup : IAsyncDisposable, ICancellable, IJoin
{
    // The group's members in one word, so that counting one is a single atomic step: the running children below,
    // and above what else keeps the group open (the body, queued children, a cancellation in progress).
    private const long Child = 1;
    private const long Hold = 1L << 32;
    private const long Ended = long.MinValue;

    private readonly TaskGroupOptions _options;
    private readonly IGroupCompletion _completion;
    private readonly SlotQueue? _slots;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationToken _outer;
    private CancellationTokenRegistration _registration;
    private GroupTimers? _timers;
    private QueueWatch? _queueWatch;
    private FailureLog? _failures;
    private Task? _body;
    private string? _reason;
    private long _members = Hold;
    private int _phase;
    private volatile bool _cutShort;
    private volatile bool _bodyEnded;

    private TaskGroup(
        TaskGroupOptions options,
        SlotQueue? slots,
        IGroupCompletion completion,
        CancellationToken outer,
        TaskGroup? parent)
    {
        _options = options;
        _slots = slots;
        _completion = completion;
        _outer = outer;
        _parent = parent;
        _node = new GroupNode(this, StartTimes.Note(options.TimeProvider));
    }

    /// <summary>What reports and messages call the group.</summary>
    public string? Name => _options.Name;

    /// <summary>Cancelled when the group fails, is cancelled, times out, or its outer token is cancelled.</summary>
    public CancellationToken CancellationToken => _source.Token;

    /// <summary>
    /// Ends with the group, with its outcome: how the owner of a group in a field learns of a failure. It does not
    /// end by itself while the group is open.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// How many children are running, tracked tasks among them; neither the body nor queued children count.
    /// </summary>
    public int RunningCount => MemberCount + (_feedsItems ? _children.CountItems() : 0);

    /// <summary>How many children wait for one of the <see cref="TaskGroupOptions.MaxConcurrency"/> places.</summary>
    public int QueuedCount => _slots?.WaitingCount ?? 0;

    /// <summary>How many running children are members of their own: all but the items of a sequence.</summary>
    private int MemberCount => Volatile.Read(ref _members) is var members and > 0 ? (int)(members & (Hold - 1)) : 0;

    /// <summary>Whether the body waits for a child to end: then it is not the body that is stuck.</summary>
    internal bool BodyWaitsForChild { get; set; }

    /// <summary>For those who ask who waits for the body.</summary>
    Task IJoin.Outcome => Completion;

    internal TaskGroupOptions Options => _options;

    internal CancellationToken OuterToken => _outer;

    internal Task? Body => _body;

    internal bool WasCutShort => _cutShort;

    /// <summary>Opens a group; its body is counted, and holds it open.</summary>
    internal static TaskGroup Begin(
        TaskGroupOptions options,
        IGroupCompletion completion,
        CancellationToken outer,
        bool hasSlots = true,
        bool isWeak = false,
        bool isRoot = false)
    {
        // The defaults are never changed, so that they need no copy.
        options = ReferenceEquals(options, TaskGroupOptions.Default) ? options : options.Copy();
        var slots = hasSlots && options.MaxConcurrency > 0 ? new SlotQueue(options.MaxConcurrency) : null;
        var group = new TaskGroup(options, slots, completion, outer, isRoot ? null : Innermost);
        group.Arm();
        group.Appear(isWeak);
        return group;
    }

    /// <summary>Counts a member more.</summary>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    internal void Enter(long member)
    {
        if (!TryEnter(member))
        {
            throw new InvalidOperationException(
                $"{this} has ended. Start work before the body and all other children are done.");
        }
    }

    internal void EnterChild() => Enter(Child);

    internal void LeaveChild() => Leave(Child);

    internal bool TryHold() => TryEnter(Hold);

    internal void ReleaseHold() => Leave(Hold);

    internal void MarkCutShort() => _cutShort = true;

    /// <summary>Names the group, in messages.</summary>
    /// <returns>The kind of object and the name, if it has one.</returns>
    public override string ToString() => Name is null ? "The task group" : $"The task group '{Name}'";

    private bool TryEnter(long member)
    {
        // An ended group stays far below zero, whatever is added here and taken back.
        if (Interlocked.Add(ref _members, member) > 0)
            return true;
        Interlocked.Add(ref _members, -member);
        return false;
    }

    private void Leave(long member)
    {
        // A late child may enter between the two steps; then the group goes on, and ends when that one leaves.
        if (Interlocked.Add(ref _members, -member) == 0
            && Interlocked.CompareExchange(ref _members, Ended, 0) == 0)
        {
            End();
        }
    }

    private void Arm()
    {
        if (_outer.CanBeCanceled)
            _registration = _outer.UnsafeRegister(static state => ((TaskGroup)state!).OnOuterCancelled(), this);
        if (_options.Timeout is { } timeout)
            StartTimeout(timeout);
    }

    private void End()
    {
        _registration.Unregister();
        _timers?.Dispose();
        if (_residents is null)
            Conclude();
        else
            CloseResidents(_residents);
    }

    private void Conclude()
    {
        try
        {
            Disappear();
        }
        finally
        {
            // Whatever listens to spans must not keep those waiting who wait for the group.
            _completion.Conclude(this);
        }
    }
}
