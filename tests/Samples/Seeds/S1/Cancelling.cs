namespace Seeds.S1;

/// <summary>Cancelling a child, a gather, and somebody who does not want to hear of it.</summary>
internal static class Cancelling
{
    [Row("S1-19", "One child is cancelled: its finally block runs, and the others go on")]
    [Row("S4-12", "A task is cancelled")]
    internal static void OneChild(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            ChildTask? sleeper = null;
            await CoroutineGroup.RunAsync(async group =>
            {
                sleeper = group.Run(Sleeper("sleeper"));
                group.Spawn(Worker());
                await Coroutine.Sleep(Seconds(1));
                sleeper.Cancel();
            });
            Console.WriteLine($"sleeper: {sleeper!.Status}");
        }

        static async Coroutine Worker()
        {
            await Coroutine.Sleep(Seconds(2));
            Console.WriteLine("worker: done");
        }
    }

    [Row("S1-20", "A gather is cancelled: all that it waits for is")]
    internal static void Gather(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var both = group.Run(Both());
            await Coroutine.Sleep(Seconds(1));
            both.Cancel();
        });

        static async Coroutine Both() => await Coroutine.GatherAsync(Value("one"), Value("two"));

        static async Coroutine<int> Value(string name)
        {
            await Sleeper(name);
            return 1;
        }
    }

    [Row("S1-21", "Catching every exception in a loop does not get rid of a cancellation: each await throws it again")]
    internal static void Stubborn(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(SwallowsEverything());
            group.Spawn(SavesUnderAShield());
            await Coroutine.Sleep(Seconds(1));
            group.CancelScope.Cancel();
        });

        static async Coroutine SwallowsEverything()
        {
            var n = 0;
            try
            {
                while (n < 5000)
                {
                    try
                    {
                        await Coroutine.Sleep(Seconds(10));
                    }
                    // In C# a cancellation is an Exception: this swallows it.
                    catch (Exception)
                    {
                        n++;
                    }
                }
                await Coroutine.Sleep(Seconds(10));
            }
            finally
            {
                Console.WriteLine($"cleanup after {n} swallowed cancellations");
            }
        }

        static async Coroutine SavesUnderAShield()
        {
            await Coroutine.ShieldAsync(async _ =>
            {
                await Coroutine.Sleep(Seconds(1));
                for (var step = 0; step < 100; step++)
                    await Coroutine.Yield();
                Console.WriteLine("saved meanwhile");
            });
        }
    }

    private static async Coroutine Sleeper(string name)
    {
        try
        {
            await Coroutine.SleepForever();
        }
        finally
        {
            Console.WriteLine($"{name}: cleaned up");
        }
    }
}
