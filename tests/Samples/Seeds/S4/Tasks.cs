namespace Seeds.S4;

/// <summary>Coroutines that wait for each other, and children that do not.</summary>
internal static class Tasks
{
    [Row("S4-05", "An await pauses the coroutine, and the loop runs another one meanwhile")]
    internal static void Pauses(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Paused());
            group.Spawn(Other());
        });

        static async Coroutine Paused()
        {
            Console.WriteLine("before");
            await Coroutine.Sleep(Seconds(1));
            Console.WriteLine("after");
        }

        static async Coroutine Other() => Console.WriteLine("other");
    }

    [Row("S4-06", "One await after the other: the long hello first, then world")]
    internal static void Sequential(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            await Hello();
            await World();
        }
    }

    [Row("S4-07", "As children world completes first; the values come in the order of the awaits")]
    internal static void Concurrent(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var hello = group.Run(Hello());
            var world = group.Run(World());
            Console.WriteLine(await hello);
            Console.WriteLine(await world);
        });
    }

    [Row("S4-08", "An executor submits tasks while others run: they complete by their delays")]
    internal static void Executor(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            foreach (var (task, delay) in new[] { (1, 5), (2, 2), (3, 3), (4, 4), (5, 1) })
            {
                Console.WriteLine($"submitted {task}");
                group.Spawn(Process(task, Seconds(delay)));
                await Coroutine.Sleep(Seconds(0.1));
            }
        });
    }

    [Row("S4-10", "Code that blocks makes the tasks run one after another; a watchdog names it", IsReal = true)]
    internal static void BlockingCode(TimeProvider clock)
    {
        var watched = new EventLoopOptions
        {
            TimeProvider = clock,
            SlowStepThreshold = Seconds(0.4),
            Instruments = [new Watchdog()],
        };
        EventLoop.Run(Main(), watched);

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            for (var task = 1; task <= 5; task++)
                group.Spawn(ProcessBlocking(task));
        });

        static async Coroutine ProcessBlocking(int task)
        {
            // The mistake: nobody else runs while the thread sleeps.
            Thread.Sleep(Seconds(0.5));
            Console.WriteLine($"completed {task}");
        }
    }

    [Row("S4-11", "Blocking calls on worker threads: five at once, or one; the loop goes on", IsReal = true)]
    internal static void OnThreads(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            Console.WriteLine($"five places: {await MostAtOnce(new CapacityLimiter(5))} at once");
            Console.WriteLine($"one place: {await MostAtOnce(new CapacityLimiter(1))} at once");
        }

        static async Coroutine<int> MostAtOnce(CapacityLimiter limiter)
        {
            var running = 0;
            var most = 0;
            var ticks = 0;
            await CoroutineGroup.RunAsync(async group =>
            {
                group.RunService(Tick());
                for (var call = 0; call < 5; call++)
                    group.Spawn(Blocking.RunAsync(_ => TakesAWhile(), limiter));
            });
            Console.WriteLine($"the loop went on ticking: {ticks > 5}");
            return most;

            async Coroutine Tick()
            {
                for (; ; ticks++)
                    await Coroutine.Sleep(Seconds(0.01));
            }

            void TakesAWhile()
            {
                var atOnce = Interlocked.Increment(ref running);
                for (var seen = most; atOnce > seen; seen = most)
                    Interlocked.CompareExchange(ref most, atOnce, seen);
                Thread.Sleep(Seconds(0.5));
                Interlocked.Decrement(ref running);
            }
        }
    }

    private static async Coroutine<string> Hello()
    {
        await Coroutine.Sleep(Seconds(3));
        Console.WriteLine("hello");
        return "hello's value";
    }

    private static async Coroutine<string> World()
    {
        await Coroutine.Sleep(Seconds(1));
        Console.WriteLine("world");
        return "world's value";
    }

    private static async Coroutine Process(int task, TimeSpan delay)
    {
        await Coroutine.Sleep(delay);
        Console.WriteLine($"completed {task}");
    }

    /// <summary>Prints whoever has kept the loop busy.</summary>
    private sealed class Watchdog : IEventLoopInstrument
    {
        public void SlowStep(TaskNode task, TimeSpan duration) => Console.WriteLine($"slow: {task.Name}");
    }
}
