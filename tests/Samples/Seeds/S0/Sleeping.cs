namespace Seeds.S0;

/// <summary>Sleeping takes the order out of the order of declaration; awaiting puts it back.</summary>
internal static class Sleeping
{
    [Row("S0-10", "A sleep reorders what was declared in another order")]
    internal static void Reorders(TimeProvider clock) => EventLoop.Run(SayAll(), By(clock));

    [Row("S0-11", "The loop sleeps in the operating system: few waits, hardly any CPU", IsReal = true)]
    internal static void DoesNotSpin(TimeProvider clock)
    {
        using var loop = new EventLoop(By(clock));
        var before = Environment.CpuUsage.TotalTime;
        loop.RunUntilComplete(SayAll());
        var used = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine($"at most 10 waits: {loop.GetStatistics().IdleWaits <= 10}");
        Console.WriteLine($"at most 50 ms of CPU: {used <= TimeSpan.FromMilliseconds(50)}");
        if (used > TimeSpan.FromMilliseconds(50))
            Console.Error.WriteLine($"{used.TotalMilliseconds} ms of CPU, {loop.GetStatistics().IdleWaits} waits");
    }

    [Row("S0-15", "Spawned children finish by their durations, whatever the order of the spawning")]
    internal static void OrderDependsOnDurations(TimeProvider clock)
    {
        EventLoop.Run(PingBoth(databaseTime: Seconds(2), urlTime: Seconds(1)), By(clock));
        Console.WriteLine("--");
        EventLoop.Run(PingBoth(databaseTime: Seconds(1), urlTime: Seconds(2)), By(clock));

        static Coroutine PingBoth(TimeSpan databaseTime, TimeSpan urlTime) => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(PingDatabase(databaseTime));
            group.Spawn(PingUrl(urlTime));
        });
    }

    [Row("S0-16", "Awaited one after the other they finish in that order, whatever their durations")]
    internal static void AwaitIsSequential(TimeProvider clock)
    {
        EventLoop.Run(PingInTurn(databaseTime: Seconds(2), urlTime: Seconds(1)), By(clock));
        Console.WriteLine("--");
        EventLoop.Run(PingInTurn(databaseTime: Seconds(1), urlTime: Seconds(2)), By(clock));

        static async Coroutine PingInTurn(TimeSpan databaseTime, TimeSpan urlTime)
        {
            await PingDatabase(databaseTime);
            await PingUrl(urlTime);
        }
    }

    private static Coroutine SayAll() => CoroutineGroup.RunAsync(async group =>
    {
        group.Spawn(SayAfter("you", Seconds(2)));
        group.Spawn(SayAfter("!", Seconds(3)));
        group.Spawn(SayAfter("Hi", Seconds(1)));
    });

    private static async Coroutine SayAfter(string word, TimeSpan time)
    {
        await Coroutine.Sleep(time);
        Console.WriteLine(word);
    }

    private static async Coroutine PingDatabase(TimeSpan time)
    {
        await Coroutine.Sleep(time);
        Console.WriteLine("DB pinged");
    }

    private static async Coroutine PingUrl(TimeSpan time)
    {
        await Coroutine.Sleep(time);
        Console.WriteLine("URL pinged");
    }
}
