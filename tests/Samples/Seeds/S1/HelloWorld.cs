namespace Seeds.S1;

/// <summary>Hello and world: awaited, spawned, gathered, in a group.</summary>
internal static class HelloWorld
{
    [Row("S1-09", "The low-level way: make a loop, run it until complete, close it")]
    internal static void LowLevel(TimeProvider clock)
    {
        var loop = new EventLoop(By(clock));
        loop.RunUntilComplete(Greet());
        loop.Dispose();
        try
        {
            loop.RunUntilComplete(Greet());
        }
        catch (ObjectDisposedException)
        {
            Console.WriteLine("the loop is closed");
        }
    }

    [Row("S1-10", "The high-level way: run it")]
    internal static void HighLevel(TimeProvider clock) => EventLoop.Run(Greet(), By(clock));

    [Row("S1-11", "One await after the other")]
    internal static void InTurn(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            await Hello();
            await World();
        }
    }

    [Row("S1-12", "Only the await runs a coroutine, not the call; and it does so once")]
    internal static void AwaitRuns(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var w = World();
            var h = Hello();
            await h;
            await w;
            try
            {
                await w;
            }
            catch (InvalidOperationException exception)
            {
                Console.WriteLine($"a second await: {exception.GetType().Name}");
            }
        }
    }

    [Row("S1-13", "Spawning does not cede: the children run when the body does")]
    internal static void SpawningDoesNotCede(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var h = group.Run(Hello());
            var w = group.Run(World());
            Console.WriteLine("spawned");
            await h;
            await w;
        });
    }

    [Row("S1-14", "A body that awaits nothing ends first; the group waits for its children")]
    internal static void TheGroupWaits(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Hello());
            group.Spawn(World());
            Console.WriteLine("main is finished");
        });
    }

    [Row("S1-15", "A sleep lets the children run; awaiting them later returns at once")]
    internal static void LateAwaits(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var start = Now();
            var h = group.Run(Hello());
            var w = group.Run(World());
            await Coroutine.Sleep(Seconds(1));
            Console.WriteLine("now we await");
            await h;
            await w;
            Console.WriteLine($"{Elapsed(start):F0} s");
        });
    }

    [Row("S1-16", "Gather gives the values in the order of the arguments")]
    internal static void Gather(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var start = Now();
            var (a, b) = await Coroutine.GatherAsync(ValueAfter(Seconds(0.2), 1), ValueAfter(Seconds(0.1), 2));
            Console.WriteLine($"({a}, {b}) after {Elapsed(start):F1} s");
        }

        static async Coroutine<int> ValueAfter(TimeSpan time, int value)
        {
            await Coroutine.Sleep(time);
            return value;
        }
    }

    [Row("S1-17", "At the end of a group its children have completed")]
    internal static void Group(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            ChildTask? h = null;
            ChildTask? w = null;
            await CoroutineGroup.RunAsync(async group =>
            {
                h = group.Run(Hello());
                w = group.Run(World());
            });
            Console.WriteLine($"{h!.Name}: {h.Status}");
            Console.WriteLine($"{w!.Name}: {w.Status}");
        }
    }

    private static async Coroutine Greet() => Console.WriteLine("Hello World!");

    private static async Coroutine Hello() => Console.WriteLine("Hello");

    private static async Coroutine World() => Console.WriteLine("World!");
}
