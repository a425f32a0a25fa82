using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Runs coroutines on one thread, in turns, and sleeps when none can run.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>One at a time: what a coroutine does between two awaits nobody interrupts, and everything resumes on the
/// loop's thread, whatever it awaited and however that was configured.</item>
/// <item>A turn runs what could run when it began, then come timers, then what has arrived from outside. So nobody is
/// starved who waits for time.</item>
/// <item>Waits: a run ends when its main coroutine has, and all that it owned; what came by <see cref="Post"/> only is
/// not waited for.</item>
/// <item>Throws: what the main coroutine throws comes out as the same object. A callback that throws cancels it and
/// comes out instead. When everything waits and nothing can end that, <see cref="DeadlockException"/>.</item>
/// <item>Sleeps in the operating system, until the next timer or until something arrives; never early.</item>
/// <item>Threads: <see cref="Post"/>, <c>InvokeAsync</c>, <see cref="Stop"/> and <see cref="KeepAlive"/> may be called
/// from any; everything else on the loop's own.</item>
/// </list>
/// After Trio and asyncio.
/// </remarks>
public sealed partial class EventLoop : IDisposable
{
    private readonly EventLoopOptions _options;
    private readonly Inbox _inbox = new();
    private readonly ReadyQueue _ready = new();
    private readonly Random? _random;
    private readonly VirtualClock? _virtualClock;
    private readonly LoopSynchronizationContext _synchronizationContext;
    private ScopeNode _run;
    private volatile bool _stops;
    private volatile bool _isDisposed;
    private int _isEntered;
    private int _liveTasks;
    private Exception? _callbackFailure;

    /// <summary>Makes a loop that does not run yet.</summary>
    /// <param name="options">Its clock and order; the system's clock and FIFO by default.</param>
    public EventLoop(EventLoopOptions? options = null)
    {
        _options = options ?? new EventLoopOptions();
        _virtualClock = _options.TimeProvider as VirtualClock;
        Clock = new LoopClock(_options.TimeProvider);
        TimeProvider = _virtualClock ?? (TimeProvider)new LoopTimeProvider(this);
        _random = _options.Order.NewRandom();
        _synchronizationContext = new LoopSynchronizationContext(this);
        _run = new ScopeNode(this, owner: null);
        Observer = LoopObserver.For(_options, Clock);
        _virtualClock?.Attach(this);
        LiveLoops.Add(this);
    }

    /// <summary>The loop that runs on this thread; null when none does.</summary>
    public static EventLoop? Current => OnThisThread.Here.Loop;

    /// <summary>
    /// The clock of the loop, whose timers run on it: <c>Task.Delay(x, loop.TimeProvider)</c> waits by it.
    /// </summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Posts to the loop; current while it runs.</summary>
    public SynchronizationContext SynchronizationContext => _synchronizationContext;

    /// <summary>Sleepers, deadlines and timers.</summary>
    internal TimerHeap Timers { get; } = new();

    /// <summary>Tells the time.</summary>
    internal LoopClock Clock { get; }

    /// <summary>Whether a thread runs it at this moment.</summary>
    internal bool IsRunning => Volatile.Read(ref _isEntered) != 0;

    /// <summary>Is told of tasks and steps, if somebody wants to know.</summary>
    internal LoopObserver? Observer { get; }

    /// <summary>Runs a coroutine, and all that it owns, on a new loop on this thread.</summary>
    /// <param name="main">What to run.</param>
    /// <param name="options">The options of the loop.</param>
    /// <exception cref="ArgumentNullException"><paramref name="main"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// A loop runs on this thread already, or the coroutine was used before.
    /// </exception>
    public static void Run(Coroutine main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        RequireNone();
        using var loop = new EventLoop(options);
        loop.RunUntilComplete(main);
    }

    /// <inheritdoc cref="Run(Coroutine, EventLoopOptions?)"/>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <returns>Its value.</returns>
    public static T Run<T>(Coroutine<T> main, EventLoopOptions? options = null)
    {
        Run((Coroutine)main, options);
        return main.Result;
    }

    /// <summary>Runs a coroutine, and all that it owns, on this thread; may be called again with another one.</summary>
    /// <param name="main">What to run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="main"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// This loop runs, or another one on this thread, or the coroutine was used before.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void RunUntilComplete(Coroutine main)
    {
        ArgumentNullException.ThrowIfNull(main);
        using (Enter())
        {
            main.Claim();
            RunMain(main);
        }
    }

    /// <inheritdoc cref="RunUntilComplete(Coroutine)"/>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <returns>Its value.</returns>
    public T RunUntilComplete<T>(Coroutine<T> main)
    {
        RunUntilComplete((Coroutine)main);
        return main.Result;
    }

    /// <summary>
    /// Runs callbacks and what <c>InvokeAsync</c> brings on this thread, until <see cref="Stop"/>. What lives on then
    /// goes on in the next run, or is cancelled by <see cref="Dispose"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">This loop runs, or another one on this thread.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void RunForever()
    {
        using (Enter())
        {
            while (!_stops)
            {
                Turn(maxWait: null);
                ThrowCallbackFailure();
            }
            _stops = false;
        }
    }

    /// <summary>Lets <see cref="RunForever"/> return after the turn that runs; may be called from any thread.</summary>
    public void Stop()
    {
        _stops = true;
        _inbox.Wake();
    }

    /// <summary>
    /// Runs one turn on this thread: timers that have expired, what has arrived, and what could run before. For hosts
    /// that have a loop of their own.
    /// </summary>
    /// <param name="maxWait">How long to sleep when nothing can run.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    /// <exception cref="InvalidOperationException">This loop runs, or another one on this thread.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void RunOnce(TimeSpan maxWait)
    {
        Durations.Check(maxWait, nameof(maxWait));
        using (Enter())
        {
            Turn(maxWait == Timeout.InfiniteTimeSpan ? null : maxWait);
            ThrowCallbackFailure();
        }
    }

    /// <summary>
    /// Cancels what still lives, runs that to its end, and closes the loop. Calling it again does nothing.
    /// </summary>
    /// <remarks>
    /// Callbacks that were posted are called, and what they throw is reported as unobserved; what <c>InvokeAsync</c>
    /// has brought and nobody has begun is cancelled without beginning.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// The loop runs, or something lives on it while another one runs on this thread.
    /// </exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (_liveTasks == 0 && _ready.Count == 0 && _isEntered == 0 && _inbox.TryClose())
        {
            _isDisposed = true;
        }
        else
        {
            using (Enter())
                Close();
        }
        _virtualClock?.Detach(this);
        LiveLoops.Remove(this);
        _io?.Dispose();
        _inbox.Dispose();
    }

    /// <summary>Tells its state.</summary>
    /// <returns>Whether it runs, and what it has to do.</returns>
    public override string ToString()
    {
        var state = _isDisposed ? "disposed"
            : _isEntered == 0 ? "idle"
            : _main is { IsInterrupted: true } ? "interrupted"
            : "running";
        return $"EventLoop: {state}, {_liveTasks} tasks, {_ready.Count} can run, {Timers.Count} timers";
    }

    private static void RequireNone()
    {
        if (Current is not null)
        {
            throw new InvalidOperationException(
                "An event loop is already running on this thread. Await the coroutine instead, or run the other loop "
                + "on an EventLoopThread.");
        }
    }

    private Entry Enter()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        RequireNone();
        if (Interlocked.Exchange(ref _isEntered, 1) != 0)
            throw new InvalidOperationException("The event loop is already running, on another thread.");
        return new Entry(this);
    }

    private void ThrowCallbackFailure()
    {
        if (Interlocked.Exchange(ref _callbackFailure, null) is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Makes the thread the loop's, until it is disposed.</summary>
    private readonly struct Entry : IDisposable
    {
        private readonly EventLoop _loop;
        private readonly SynchronizationContext? _outerContext;
        private readonly ExecutionContext? _outerFlow;
        private readonly Waiter? _outerWaiter;

        public Entry(EventLoop loop)
        {
            _loop = loop;
            _outerContext = SynchronizationContext.Current;
            _outerFlow = ExecutionContext.Capture();
            var here = OnThisThread.Here;
            _outerWaiter = here.Code;
            here.Code = null;
            here.ForgetFlow();
            here.Loop = loop;
            loop.Here = here;
            loop._baseFlow = _outerFlow;
            SynchronizationContext.SetSynchronizationContext(loop._synchronizationContext);
        }

        public void Dispose()
        {
            SynchronizationContext.SetSynchronizationContext(_outerContext);
            var here = _loop.Here;
            here.Loop = null;
            here.Code = _outerWaiter;
            here.ForgetFlow();
            if (_outerFlow is not null)
                ExecutionContext.Restore(_outerFlow);
            _loop._baseFlow = null;
            Volatile.Write(ref _loop._isEntered, 0);
        }
    }
}
