namespace Seeds.S2;

/// <summary>Updates in regular intervals: by blocked threads, then by loops that the program writes itself.</summary>
internal static class Updates
{
    [Row("S2-09", "Blocking: one update after the other")]
    internal static void BlockingUpdates(TimeProvider clock) => SendUpdatesBlocking(clock, 3, 1.0);

    [Row("S2-10", "Three blocked threads, owned by a group", IsReal = true)]
    internal static void Threads(TimeProvider clock)
    {
        EventLoop.Run(Main(clock), By(clock));

        static Coroutine Main(TimeProvider clock) => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Blocking.RunAsync(_ => SendUpdatesBlocking(clock, 10, 1.0)));
            group.Spawn(Blocking.RunAsync(_ => SendUpdatesBlocking(clock, 5, 2.0)));
            group.Spawn(Blocking.RunAsync(_ => SendUpdatesBlocking(clock, 4, 3.0)));
        });
    }

    [Row("S2-11", "A coroutine hands out a timer object that says until when it waits")]
    internal static void TimerObject(TimeProvider clock)
    {
        using var generator = new CoroutineDriver(SendUpdates(clock, 3, 1.5));
        generator.Send(null, out var timer);
        Console.WriteLine(((AsyncTimer)timer!).Remaining.TotalSeconds is > 1.4 and <= 1.5);
    }

    [Row("S2-12", "A scheduler by hand: pairs of a generator and its timer, the earliest first")]
    internal static void ByHand(TimeProvider clock)
    {
        var start = clock.GetUtcNow();
        List<(CoroutineDriver Generator, AsyncTimer Timer)> pairs =
        [
            // A timer of nothing, so that each executes at once.
            (new(SendUpdates(clock, 10, 1.0)), new(clock, TimeSpan.Zero)),
            (new(SendUpdates(clock, 5, 2.0)), new(clock, TimeSpan.Zero)),
            (new(SendUpdates(clock, 4, 3.0)), new(clock, TimeSpan.Zero)),
        ];
        while (pairs.Count > 0)
        {
            var pair = pairs.MinBy(pair => pair.Timer.DoneTime);
            clock.SleepUntil(pair.Timer.DoneTime);
            pairs.Remove(pair);
            if (pair.Generator.Send(null, out var timer))
                pairs.Add((pair.Generator, (AsyncTimer)timer!));
        }
        Console.WriteLine($"{(clock.GetUtcNow() - start).TotalSeconds:F0} s");
    }

    [Row("S2-13", "The same as a function: run and gather in one")]
    internal static void RunAll(TimeProvider clock)
    {
        AsyncRunAll(SendUpdates(clock, 10, 1.0), SendUpdates(clock, 5, 2.0), SendUpdates(clock, 4, 3.0));

        void AsyncRunAll(params Coroutine[] generators)
        {
            var start = clock.GetUtcNow();
            var pairs = generators
                .Select(generator => (Generator: new CoroutineDriver(generator), Timer: new AsyncTimer(clock, default)))
                .ToList();
            while (pairs.Count > 0)
            {
                var pair = pairs.MinBy(pair => pair.Timer.DoneTime);
                clock.SleepUntil(pair.Timer.DoneTime);
                pairs.Remove(pair);
                if (pair.Generator.Send(null, out var timer))
                    pairs.Add((pair.Generator, (AsyncTimer)timer!));
            }
            Console.WriteLine($"{(clock.GetUtcNow() - start).TotalSeconds:F0} s");
        }
    }

    [Row("S2-14", "The final version: an awaitable type of one's own, and one place that waits for all of them")]
    internal static void OwnAwaitable(TimeProvider clock)
    {
        AsyncRunAll(SendUpdates(clock, 10, 1.0), SendUpdates(clock, 5, 2.0), SendUpdates(clock, 4, 3.0));

        void AsyncRunAll(params Coroutine[] coroutines)
        {
            var start = clock.GetUtcNow();
            List<CoroutineDriver> waiting = [.. coroutines.Select(coroutine => new CoroutineDriver(coroutine))];
            List<AsyncTimer> ios = [.. coroutines.Select(_ => new AsyncTimer(clock, TimeSpan.Zero))];
            while (waiting.Count > 0)
            {
                var readyIndex = WaitUntilIoReady(ios);
                var coroutine = waiting[readyIndex];
                waiting.RemoveAt(readyIndex);
                ios.RemoveAt(readyIndex);
                if (coroutine.Send(null, out var newIo))
                {
                    waiting.Add(coroutine);
                    ios.Add((AsyncTimer)newIo!);
                }
            }
            Console.WriteLine($"{(clock.GetUtcNow() - start).TotalSeconds:F0} s");
        }

        int WaitUntilIoReady(List<AsyncTimer> ios)
        {
            var first = ios.MinBy(io => io.DoneTime)!;
            clock.SleepUntil(first.DoneTime);
            return ios.IndexOf(first);
        }
    }

    private static async Coroutine SendUpdates(TimeProvider clock, int count, double interval)
    {
        for (var i = 1; i <= count; i++)
        {
            await new AsyncTimer(clock, Seconds(interval));
            Console.WriteLine(FormattableString.Invariant($"[{interval:F1}] Sending update {i}/{count}."));
        }
    }

    private static void SendUpdatesBlocking(TimeProvider clock, int count, double interval)
    {
        for (var i = 1; i <= count; i++)
        {
            clock.SleepUntil(clock.GetUtcNow() + Seconds(interval));
            Console.WriteLine(FormattableString.Invariant($"[{interval:F1}] Sending update {i}/{count}."));
        }
    }
}
