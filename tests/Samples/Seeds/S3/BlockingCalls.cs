namespace Seeds.S3;

/// <summary>A database that blocks, while the loop goes on.</summary>
internal static class BlockingCalls
{
    [Row("S3-11", "A blocking call runs on a worker thread while a ticker goes on ticking", IsReal = true)]
    internal static void Delegated(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            using var ticked = new CountdownEvent(3);
            var ticker = group.Run(Tick(ticked));
            Console.WriteLine(await Blocking.RunAsync(_ => QueryDatabase(ticked)));
            ticker.Cancel();
        });

        static async Coroutine Tick(CountdownEvent ticked)
        {
            for (var count = 1; ; count++)
            {
                await Coroutine.Sleep(Seconds(0.01));
                if (count > 3)
                    continue;
                Console.WriteLine($"tick {count}");
                ticked.Signal();
            }
        }

        // The database takes its time: three ticks of it.
        static string QueryDatabase(CountdownEvent ticked)
        {
            ticked.Wait();
            return "3 rows";
        }
    }
}
