namespace Seeds.S0;

/// <summary>The second exercise: coroutines yield commands, and the loop understands two of them.</summary>
/// <remarks>
/// When nobody can run it sleeps until the first is due: the eco friendly version that the seed asks for.
/// </remarks>
internal sealed class LoopWithSleep(TimeProvider clock)
{
    private List<CoroutineDriver> _ready = [];
    private List<(CoroutineDriver Coroutine, DateTimeOffset Until)> _waiting = [];

    [Row("S0-13", "Yielded commands: the reader's own loop with spawn and sleep")]
    internal static void OwnLoop(TimeProvider clock) => new LoopWithSleep(clock).RunUntilComplete(Demo());

    private static async Coroutine Demo()
    {
        // Note the order in which they are declared.
        await Spawn(SayAfter("you", Seconds(2)));
        await Spawn(SayAfter("!", Seconds(3)));
        await Spawn(SayAfter("Hi", Seconds(1)));
    }

    private static async Coroutine SayAfter(string word, TimeSpan time)
    {
        await Sleep(time);
        Console.WriteLine(word);
    }

    private static async Coroutine Spawn(Coroutine child) => await Coroutine.Suspend(new SpawnCommand(child));

    private static async Coroutine Sleep(TimeSpan time) => await Coroutine.Suspend(new SleepCommand(time));

    private void RunUntilComplete(Coroutine main)
    {
        _ready.Add(new CoroutineDriver(main));
        while (_ready.Count > 0 || _waiting.Count > 0)
        {
            if (_ready.Count == 0)
                clock.SleepUntil(_waiting.Min(waiting => waiting.Until));
            var queue = TakeExpired().Concat(_ready).ToList();
            _ready = [];
            foreach (var coroutine in queue)
            {
                if (coroutine.Send(null, out var command))
                    Dispatch(coroutine, command);
            }
        }
    }

    private void Dispatch(CoroutineDriver coroutine, object? command)
    {
        switch (command)
        {
            case null:
                _ready.Add(coroutine);
                break;
            case SpawnCommand(var child):
                _ready.Add(new CoroutineDriver(child));
                _ready.Add(coroutine);
                break;
            case SleepCommand(var time):
                _waiting.Add((coroutine, clock.GetUtcNow() + time));
                break;
            default:
                throw new NotSupportedException($"This loop does not understand {command}.");
        }
    }

    // Not before its time, but whenever the loop comes by after it: a sleep promises no more.
    private List<CoroutineDriver> TakeExpired()
    {
        var now = clock.GetUtcNow();
        var expired = _waiting.Where(waiting => waiting.Until <= now).Select(waiting => waiting.Coroutine).ToList();
        _waiting = [.. _waiting.Where(waiting => waiting.Until > now)];
        return expired;
    }

    private sealed record SpawnCommand(Coroutine Child);

    private sealed record SleepCommand(TimeSpan Time);
}
