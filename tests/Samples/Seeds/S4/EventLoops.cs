namespace Seeds.S4;

/// <summary>The ways to run a loop.</summary>
internal static class EventLoops
{
    [Row("S4-01", "A loop is a queue of messages that are processed in turn")]
    internal static void Messages(TimeProvider clock)
    {
        using var loop = new EventLoop(By(clock));
        loop.Post(() => Console.WriteLine(1));
        loop.Post(() => Console.WriteLine(2));
        loop.Post(() => Console.WriteLine(3));
        loop.RunOnce(TimeSpan.Zero);
    }

    [Row("S4-03", "Run until the first coroutine is complete")]
    internal static void UntilComplete(TimeProvider clock)
    {
        using var loop = new EventLoop(By(clock));
        loop.RunUntilComplete(FirstAsync());
        Console.WriteLine("the loop has returned");

        static async Coroutine FirstAsync()
        {
            await Coroutine.Sleep(Seconds(1));
            Console.WriteLine("first_async");
        }
    }

    [Row("S4-04", "Run for ever, until somebody stops the loop")]
    internal static void Forever(TimeProvider clock)
    {
        using var loop = new EventLoop(By(clock));
        var ticks = 0;
        loop.Post(Tick);
        loop.RunForever();
        Console.WriteLine("stopped");

        void Tick()
        {
            Console.WriteLine("tick");
            if (++ticks == 3)
                loop.Stop();
            else
                loop.CallLater(Seconds(1), Tick);
        }
    }

    [Row("S4-15", "Delayed calls come by their delays, and one that was taken back never")]
    internal static void CallLater(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var loop = EventLoop.Current!;
            loop.CallLater(Seconds(3), () => Console.WriteLine("third"));
            loop.CallLater(Seconds(1), () => Console.WriteLine("first"));
            var never = loop.CallLater(Seconds(1.5), () => Console.WriteLine("never"));
            loop.CallLater(Seconds(2), () => Console.WriteLine("second"));
            never.Dispose();
            await CoroutineGroup.RunAsync(async group =>
            {
                await Coroutine.Sleep(Seconds(2.5));
                group.Spawn(Later());
            });
            await Coroutine.Sleep(Seconds(1));
        }

        static async Coroutine Later() => Console.WriteLine("a child that was started later");
    }
}
