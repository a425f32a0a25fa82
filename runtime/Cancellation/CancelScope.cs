using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>
/// Bounds the cancellation of a piece of code: with a deadline, a shield, and a test of whose cancellation it was.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Cancels: <see cref="Token"/>, when <see cref="Cancel"/> is called, <see cref="Deadline"/> passes, or the
/// parent token is cancelled (unless the scope shields from it). Callbacks of the token run on the thread that
/// cancels; of those that throw, <see cref="Cancel"/> throws an <see cref="AggregateException"/>, while a deadline or
/// a parent reports them to standard error and the <c>ScopedTasks</c> event source.</item>
/// <item>Catching: <c>catch (OperationCanceledException e) when (scope.Owns(e))</c>; the lambda forms do it.</item>
/// <item>Waits: nobody. A scope interrupts code through its token, and does not own tasks.</item>
/// <item>After <see cref="Dispose"/> nothing is cancelled any more.</item>
/// <item>On an event loop it is entered where it is made, until it is disposed: every wait of the loop in between is
/// cancelled with it, without a token, and again each time until it is left. Scopes are left in the reverse order,
/// where they were entered.</item>
/// <item>Threads: all members may be used from any thread, at the same time. On an event loop, what another thread
/// cancels is cancelled in the next turn; the rest belongs to the loop's own thread.</item>
/// </list>
/// After Trio's <c>CancelScope</c>.
/// </remarks>
public sealed partial class CancelScope : IDisposable, ICancellable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationToken _parent;
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeProvider _clock;
    private readonly bool _shield;
    private ILoopScope? _onLoop = null;
    private DelayTimer? _timer;
    private DateTimeOffset? _deadline;
    private string? _reason;
    private volatile bool _cancelledItself;
    private volatile bool _caught;
    private volatile bool _disposed;

    /// <summary>Opens a scope.</summary>
    /// <param name="parent">Cancels the scope too.</param>
    /// <param name="shield">Keeps the parent's cancellation out: it is not linked.</param>
    /// <param name="timeProvider">The clock of the deadline; that of the loop, else the system's, when null.</param>
    public CancelScope(CancellationToken parent = default, bool shield = false, TimeProvider? timeProvider = null)
        : this(parent, shield, timeProvider, enters: true)
    {
    }

    private CancelScope(CancellationToken parent, bool shield, TimeProvider? timeProvider, bool enters)
    {
        _shield = shield;
        _clock = timeProvider ?? AmbientClock.Current;
        if (enters)
            EnterLoop(shield);
        if (shield || !parent.CanBeCanceled)
            return;
        _parent = parent;
        _registration = parent.UnsafeRegister(
            static state => CancellationWave.Continue((CancelScope)state!),
            this);
    }

    /// <summary>Cancelled with the scope.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>
    /// When the scope cancels itself, by its clock; null, at first, for never. One that has passed cancels at once.
    /// </summary>
    public DateTimeOffset? Deadline
    {
        get
        {
            lock (_source)
                return _deadline;
        }

        set
        {
            DelayTimer? replaced;
            lock (_source)
                (replaced, _timer, _deadline) = (_timer, null, value);
            // The clock is foreign code: it is not called under the lock.
            replaced?.Dispose();
            if (value is { } deadline && !_disposed)
                StartTimer(deadline);
        }
    }

    /// <summary>Whether the parent's cancellation is kept out.</summary>
    /// <exception cref="InvalidOperationException">
    /// Set off every event loop: for tasks the shield is chosen when the scope is made.
    /// </exception>
    public bool Shield
    {
        get => _onLoop?.Shield ?? _shield;
        set
        {
            if (_onLoop is null)
            {
                throw new InvalidOperationException(
                    "The shield of a scope for tasks cannot be changed: pass `shield: true` when you make the scope.");
            }
            _onLoop.Shield = value;
        }
    }

    /// <summary>Whether <see cref="Token"/> is cancelled.</summary>
    public bool IsCancellationRequested => _onLoop?.IsCancelled ?? _source.IsCancellationRequested;

    /// <summary>What the <see cref="Cancel"/> that cancelled the scope was given; null after all else.</summary>
    public string? CancellationReason => _reason ?? _onLoop?.Reason;

    /// <summary>Whether a cancellation of this scope has ended here: <see cref="Owns"/> has said yes.</summary>
    public bool CancellationCaught => _caught;

    /// <summary>Cancels the scope; does nothing when it is cancelled or disposed.</summary>
    /// <param name="reason">Kept as <see cref="CancellationReason"/>.</param>
    /// <exception cref="AggregateException">Callbacks of the token threw; all of them were called.</exception>
    public void Cancel(string? reason = null)
    {
        var failure = CancelItself(reason);
        if (failure is not null)
            throw failure;
    }

    /// <summary>Sets <see cref="Deadline"/> to a time from now; calling it again replaces it.</summary>
    /// <param name="delay">
    /// Zero cancels at once; <see cref="Timeout.InfiniteTimeSpan"/> takes the deadline away.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative and not infinite.</exception>
    public void CancelAfter(TimeSpan delay)
    {
        Durations.Check(delay, nameof(delay));
        var now = _clock.GetUtcNow();
        if (delay == Timeout.InfiniteTimeSpan)
            Deadline = null;
        else
            Deadline = delay < DateTimeOffset.MaxValue - now ? now + delay : DateTimeOffset.MaxValue;
    }

    /// <summary>
    /// Whether a cancellation is to end here: this scope itself was cancelled, and its parent (unless shielded) was
    /// not. It judges that state, not the token of the exception: libraries link tokens. A yes sets
    /// <see cref="CancellationCaught"/>.
    /// </summary>
    /// <param name="exception">What was caught.</param>
    /// <returns>Whether to catch it; false lets it go on to the scope that owns it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public bool Owns(OperationCanceledException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Catches();
    }

    /// <summary>Ends the scope: from now on nothing cancels it. Calling it again does nothing.</summary>
    /// <exception cref="InvalidOperationException">
    /// On an event loop: it is not the innermost one, or this is not the code that entered it.
    /// </exception>
    public void Dispose()
    {
        if (!_disposed)
            _onLoop?.Exit();
        Close();
    }

    /// <summary>Ends the scope, wherever this is called.</summary>
    internal void Close()
    {
        _onLoop?.Close();
        DelayTimer? timer;
        lock (_source)
        {
            _disposed = true;
            (timer, _timer) = (_timer, null);
        }
        timer?.Dispose();
        _registration.Unregister();
    }

    /// <summary>Tells its state.</summary>
    /// <returns>Whether it is open, cancelled and why, or disposed; its shield and its deadline.</returns>
    public override string ToString()
    {
        var reason = _reason is null ? "" : $" ({_reason})";
        var state = IsCancellationRequested ? $"cancelled{reason}" : _disposed ? "disposed" : "open";
        var deadline = Deadline is { } time ? $", deadline {time:O}" : "";
        return $"CancelScope: {state}{(_shield ? ", shielded" : "")}{deadline}";
    }

    /// <summary>Whether this scope was cancelled, and not its parent.</summary>
    internal bool Catches()
    {
        if (_onLoop is not null ? !_onLoop.Catches(_parent) : !_cancelledItself || _parent.IsCancellationRequested)
            return false;
        _caught = true;
        return true;
    }

    /// <summary>
    /// Calls a body in the scope, as the first step of an async method: what is entered is left after it.
    /// </summary>
    internal Task RunIn(Func<CancelScope, Task> body)
    {
        EnterLoop(_shield);
        return body(this);
    }

    /// <summary>Cancels the token: the scope is cancelled on its loop.</summary>
    internal void CancelToken() => _source.Cancel();

    /// <summary>Enters it where the code runs, if that is on an event loop.</summary>
    partial void EnterLoop(bool shield);

    void ICancellable.CancelNow()
    {
        if (_onLoop is not null)
        {
            if (!_disposed && _onLoop.Cancel(reason: null) is { } failed)
                Report(failed);
        }
        else if (!_disposed && Fire() is { } failure)
            Report(failure);
    }

    private void StartTimer(DateTimeOffset deadline)
    {
        var delay = deadline - _clock.GetUtcNow();
        if (delay <= TimeSpan.Zero)
        {
            CancelReporting();
            return;
        }
        var timer = new DelayTimer(_clock, delay, static state => ((CancelScope)state).CancelReporting(), this);
        lock (_source)
        {
            // Whoever moved the deadline meanwhile has a timer of his own.
            if (!_disposed && _timer is null && _deadline == deadline)
            {
                _timer = timer;
                return;
            }
        }
        timer.Dispose();
    }

    private void CancelReporting()
    {
        if (CancelItself(reason: null) is { } failure)
            Report(failure);
    }

    private AggregateException? CancelItself(string? reason)
    {
        lock (_source)
        {
            if (_disposed || _cancelledItself)
                return null;
            _cancelledItself = true;
            if (!IsCancellationRequested)
                _reason = reason;
        }
        if (_onLoop is not null)
            return _onLoop.Cancel(reason);
        var own = new OwnCancellation(this);
        CancellationWave.Begin(own);
        return own.Failure;
    }

    private AggregateException? Fire()
    {
        try
        {
            _source.Cancel();
            return null;
        }
        catch (AggregateException failure)
        {
            return failure;
        }
    }

    private static void Report(AggregateException failure)
    {
        foreach (var exception in failure.InnerExceptions)
            UnobservedFailures.Report(handler: null, group: null, exception);
    }

    /// <summary>Cancels the scope for a caller who wants to know what its callbacks threw.</summary>
    private sealed class OwnCancellation(CancelScope scope) : ICancellable
    {
        public AggregateException? Failure { get; private set; }

        public void CancelNow() => Failure = scope.Fire();
    }
}
