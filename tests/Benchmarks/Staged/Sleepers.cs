using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks.Benchmarks.Staged;

/// <summary>Many that sleep: starting them, and cancelling them.</summary>
internal static class Sleepers
{
    private const int Million = 1_000_000;
    private const int Cancelled = 100_000;

    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    /// <summary>Starting a million, and what they keep.</summary>
    public static StagedBenchmark Start => new(
        "One of a million sleepers: start, and what it keeps",
        "CoroutineGroup",
        "Task.Delay",
        Million,
        new GateAttribute(1.5) { Bytes = 256 })
    {
        MakeContender = static () => new StartOnLoop(),
        MakeBaseline = static () => new StartDelays(),
    };

    /// <summary>Cancelling a hundred thousand.</summary>
    public static StagedBenchmark Cancel => new(
        "Cancelling one of 100 000 sleepers",
        "CoroutineGroup",
        "token source and WhenAll",
        Cancelled,
        new GateAttribute(1.0))
    {
        MakeContender = static () => new CancelOnLoop(),
        MakeBaseline = static () => new CancelTasks(),
    };

    /// <summary>A loop whose children sleep.</summary>
    private sealed class SleepingLoop
    {
        private readonly EventLoop _loop = new();
        private CoroutineGroup? _group;
        private Task? _run;

        public void Start(int count)
        {
            _run = _loop.InvokeAsync(() => CoroutineGroup.RunAsync(group =>
            {
                _group = group;
                for (var index = 0; index < count; index++)
                    group.Spawn(SleepAsync());
                return SleepAsync();
            }));
            while (_loop.GetStatistics().TimerCount <= count)
                _loop.RunOnce(TimeSpan.Zero);
        }

        public void Cancel()
        {
            _loop.Post(() => _group!.CancelScope.Cancel());
            while (!_run!.IsCompleted)
                _loop.RunOnce(TimeSpan.Zero);
        }

        public void Close()
        {
            _loop.Dispose();
            (_group, _run) = (null, null);
        }

        private static async Coroutine SleepAsync() => await Coroutine.Sleep(s_long);
    }

    /// <summary>Starts children of a loop.</summary>
    private sealed class StartOnLoop : IStage
    {
        private readonly SleepingLoop _loop = new();

        public void Prepare()
        {
        }

        public void Run() => _loop.Start(Million);

        public void CleanUp() => _loop.Close();
    }

    /// <summary>Starts delays, which nothing but time ends: short ones, as they would stay otherwise.</summary>
    private sealed class StartDelays : IStage
    {
        private static readonly TimeSpan s_longerThanStarting = TimeSpan.FromSeconds(5);

        private Task[] _delays = [];

        public void Prepare() => _delays = new Task[Million];

        public void Run()
        {
            for (var index = 0; index < Million; index++)
                _delays[index] = Task.Delay(s_longerThanStarting);
        }

        public void CleanUp() => Task.WaitAll(_delays);
    }

    /// <summary>Cancels children of a loop.</summary>
    private sealed class CancelOnLoop : IStage
    {
        private readonly SleepingLoop _loop = new();

        public void Prepare() => _loop.Start(Cancelled);

        public void Run() => _loop.Cancel();

        public void CleanUp() => _loop.Close();
    }

    /// <summary>Cancels tasks.</summary>
    private sealed class CancelTasks : IStage
    {
        private readonly CancellationTokenSource _source = new();
        private Task _all = Task.CompletedTask;

        public void Prepare()
        {
            var tasks = new Task[Cancelled];
            for (var index = 0; index < Cancelled; index++)
                tasks[index] = SleepAsync(_source.Token);
            _all = Task.WhenAll(tasks);
        }

        public void Run()
        {
            _source.Cancel();
            Task.WaitAny(_all);
        }

        public void CleanUp() => _source.Dispose();

        private static async Task SleepAsync(CancellationToken cancellationToken) =>
            await Task.Delay(s_long, cancellationToken);
    }
}
