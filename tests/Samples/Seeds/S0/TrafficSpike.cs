namespace Seeds.S0;

/// <summary>A spike of ten thousand items, and ten connections to the database.</summary>
internal sealed class TrafficSpike
{
    private const int Items = 10_000;
    private const int Connections = 10;

    private int _busy;
    private int _mostBusy;
    private int _read;
    private int _stored;
    private int _furthestAhead;
    private int _failures;

    [Row("S0-21", "A bounded group with back-pressure, and a limiter, keep a spike away from the connection pool")]
    internal static void Spike(TimeProvider clock)
    {
        var bounded = new TrafficSpike();
        EventLoop.Run(bounded.InABoundedGroup(), By(clock));
        bounded.Tell("bounded group");
        Console.WriteLine($"the producer was never more than 11 ahead: {bounded._furthestAhead <= 11}");

        var limited = new TrafficSpike();
        EventLoop.Run(limited.BehindALimiter(), By(clock));
        limited.Tell("limiter");
    }

    private Coroutine InABoundedGroup() => CoroutineGroup.RunAsync(
        async group =>
        {
            for (var item = 0; item < Items; item++)
            {
                var data = await ReadData();
                await group.SpawnAsync(Store(data));
            }
        },
        new TaskGroupOptions { MaxConcurrency = Connections });

    private Coroutine BehindALimiter()
    {
        var pool = new CapacityLimiter(Connections);
        return CoroutineGroup.RunAsync(async group =>
        {
            for (var item = 0; item < Items; item++)
                group.Spawn(StoreWhenFree(await ReadData()));
        });

        async Coroutine StoreWhenFree(int data)
        {
            using (await pool.AcquireAsync())
                await Store(data);
        }
    }

    private async Coroutine<int> ReadData()
    {
        _read++;
        _furthestAhead = Math.Max(_furthestAhead, _read - _stored);
        return _read;
    }

    private async Coroutine Store(int data)
    {
        _busy++;
        _mostBusy = Math.Max(_mostBusy, _busy);
        if (_busy > Connections)
            _failures++;
        await Coroutine.Sleep(Seconds(0.01));
        _busy--;
        _stored++;
    }

    private void Tell(string how) =>
        Console.WriteLine($"{how}: {_stored} stored, at most {_mostBusy} at once, {_failures} failures");
}
