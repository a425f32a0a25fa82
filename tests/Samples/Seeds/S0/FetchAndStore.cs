namespace Seeds.S0;

/// <summary>The program that loses data in asyncio in several ways, and what a group makes of each.</summary>
internal static class FetchAndStore
{
    [Row("S0-18", "A task that is started and awaited at once is useless; in a group the stores overlap")]
    internal static void AwaitedAtOnce(TimeProvider clock)
    {
        EventLoop.Run(OneAfterAnother(), By(clock));
        EventLoop.Run(InAGroup(), By(clock));

        static async Coroutine OneAfterAnother()
        {
            var start = Now();
            await CoroutineGroup.RunAsync(async group =>
            {
                for (var count = 0; count < 10; count++)
                    await group.Run(Store(await ReadData(count)));
            });
            Console.WriteLine($"one after another: {Elapsed(start):F0} s");
        }

        static async Coroutine InAGroup()
        {
            var start = Now();
            await CoroutineGroup.RunAsync(async group =>
            {
                for (var count = 0; count < 10; count++)
                    group.Spawn(Store(await ReadData(count)));
            });
            Console.WriteLine($"in a group: {Elapsed(start):F0} s");
        }
    }

    [Row("S0-19", "A store that fails ends the program instead of losing data without a word")]
    internal static void BuggyStoreIsNoticed(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(StoreForever(group));
            // Inform the server that we are alive.
            group.Spawn(PingPongClient());
        });

        static async Coroutine StoreForever(CoroutineGroup group)
        {
            for (var count = 0; ; count++)
            {
                var data = await ReadData(count);
                group.Spawn(BuggyStore(data));
                await Coroutine.Sleep(Seconds(1));
            }
        }

        static async Coroutine BuggyStore(int data) =>
            throw new InvalidOperationException("There is something wrong with me");

        static async Coroutine PingPongClient()
        {
            try
            {
                while (true)
                {
                    Console.WriteLine("ping");
                    await Coroutine.Sleep(Seconds(0.5));
                }
            }
            finally
            {
                Console.WriteLine("the client has said goodbye");
            }
        }
    }

    [Row("S0-20", "The program cannot end before what it has started")]
    internal static void NothingIsLeftPending(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            await CoroutineGroup.RunAsync(async group =>
            {
                for (var count = 0; count < 5; count++)
                    group.Spawn(StoreRow(await ReadData(count)));
            });
            Console.WriteLine("Successfully finished!");
            // This coroutine itself is alive, and nobody else.
            Console.WriteLine($"Psst: {EventLoop.Current!.GetStatistics().LiveTasks - 1}");
        }

        static async Coroutine StoreRow(int data)
        {
            await Store(data);
            Console.WriteLine($"stored {data}");
        }
    }

    private static async Coroutine<int> ReadData(int count) => count + 1;

    private static async Coroutine Store(int data) => await Coroutine.Sleep(Seconds(1));
}
