namespace Seeds.S3;

/// <summary>An operating system from coroutines, after Beazley: tasks ask its scheduler by system calls.</summary>
internal sealed class MiniOperatingSystem(TimeProvider clock)
{
    private readonly Queue<(Job Job, object? Answer)> _ready = new();
    private readonly PriorityQueue<Job, DateTimeOffset> _sleeping = new();
    private readonly Dictionary<int, Job> _jobs = [];
    private int _lastId;

    [Row("S3-03", "A scheduler of forty lines with system calls: new task, kill, wait and sleep")]
    internal static void Boot(TimeProvider clock)
    {
        var system = new MiniOperatingSystem(clock);
        system.Start(Parent());
        system.RunAll();

        static async Coroutine Parent()
        {
            var child = (int)(await Coroutine.Suspend(new NewTask(Child())))!;
            await Coroutine.Suspend(new WaitTask(child));
            Console.WriteLine("parent: child done");

            var endless = (int)(await Coroutine.Suspend(new NewTask(Endless())))!;
            await Coroutine.Suspend(new Sleep(Seconds(2.5)));
            await Coroutine.Suspend(new KillTask(endless));
            Console.WriteLine("parent: endless killed");
        }

        static async Coroutine Child()
        {
            for (var i = 0; i < 3; i++)
            {
                Console.WriteLine($"child {i}");
                await Coroutine.Suspend(null);
            }
        }

        static async Coroutine Endless()
        {
            try
            {
                while (true)
                {
                    Console.WriteLine("endless");
                    await Coroutine.Suspend(new Sleep(Seconds(1)));
                }
            }
            finally
            {
                Console.WriteLine("endless: cleaned up");
            }
        }
    }

    private int Start(Coroutine coroutine)
    {
        var job = new Job(++_lastId, new CoroutineDriver(coroutine), []);
        _jobs.Add(job.Id, job);
        _ready.Enqueue((job, null));
        return job.Id;
    }

    private void RunAll()
    {
        while (_jobs.Count > 0)
        {
            if (_ready.Count == 0)
                WakeNextSleeper();
            else if (_ready.Dequeue() is var (job, answer) && _jobs.ContainsKey(job.Id))
                Step(job, answer);
        }
    }

    private void Step(Job job, object? answer)
    {
        if (!job.Driver.Send(answer, out var call))
            End(job);
        else if (call is WaitTask(var awaited) && _jobs.TryGetValue(awaited, out var other))
            other.Waiting.Add(job);
        else if (call is Sleep(var time))
            _sleeping.Enqueue(job, clock.GetUtcNow() + time);
        else
            _ready.Enqueue((job, Answer(call)));
    }

    private object? Answer(object? call)
    {
        switch (call)
        {
            case NewTask(var coroutine):
                return Start(coroutine);
            case KillTask(var id) when _jobs.TryGetValue(id, out var victim):
                victim.Driver.Dispose();
                End(victim);
                return true;
            default:
                return null;
        }
    }

    private void End(Job job)
    {
        _jobs.Remove(job.Id);
        foreach (var waiting in job.Waiting)
            _ready.Enqueue((waiting, null));
    }

    private void WakeNextSleeper()
    {
        _sleeping.TryDequeue(out var sleeper, out var until);
        // One that was killed in its sleep wakes nobody.
        if (!_jobs.ContainsKey(sleeper!.Id))
            return;
        clock.SleepUntil(until);
        _ready.Enqueue((sleeper, null));
    }

    private sealed record Job(int Id, CoroutineDriver Driver, List<Job> Waiting);

    private sealed record NewTask(Coroutine Coroutine);

    private sealed record KillTask(int Id);

    private sealed record WaitTask(int Id);

    private sealed record Sleep(TimeSpan Time);
}
