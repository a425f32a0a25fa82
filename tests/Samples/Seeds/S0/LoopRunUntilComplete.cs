namespace Seeds.S0;

/// <summary>The exercise of the seed: a loop in a dozen lines, on nothing but <c>Send</c>.</summary>
internal static class LoopRunUntilComplete
{
    [Row("S0-07", "The reader's own loop of twelve lines runs what is spawned")]
    internal static void OwnLoop() => Run(Demo(), childFirst: true);

    [Row("S0-08", "Who goes first is a detail of the loop: the common wrong output, and the built-in loop's order")]
    internal static void OrderIsADetail(TimeProvider clock)
    {
        Run(Demo(), childFirst: false);
        Console.WriteLine("-- SpawnAsync lets the child run first");
        EventLoop.Run(SpawnAndLetRun(), By(clock));
        Console.WriteLine("-- Spawn goes on at once");
        EventLoop.Run(SpawnAndGoOn(), By(clock));
    }

    private static void Run(Coroutine main, bool childFirst)
    {
        List<CoroutineDriver> coroutines = [new(main)];
        while (coroutines.Count > 0)
        {
            var queue = coroutines;
            coroutines = [];
            foreach (var coroutine in queue)
            {
                // Advance the coroutine by one step; nothing more is to be done with an exhausted one.
                if (!coroutine.Send(null, out var spawned))
                    continue;
                CoroutineDriver[] next = spawned is Coroutine child ? [new(child), coroutine] : [coroutine];
                coroutines.AddRange(childFirst ? next : next.Reverse());
            }
        }
    }

    private static async Coroutine Demo()
    {
        await Spawn(Say("Hi"));
        await Spawn(Say("you"));
        Console.WriteLine("!");
    }

    private static async Coroutine Spawn(Coroutine coroutine) => await Coroutine.Suspend(coroutine);

    private static async Coroutine Say(string word) => Console.WriteLine(word);

    private static Coroutine SpawnAndLetRun() => CoroutineGroup.RunAsync(async group =>
    {
        await group.SpawnAsync(Say("Hi"));
        await group.SpawnAsync(Say("you"));
        Console.WriteLine("!");
    });

    private static Coroutine SpawnAndGoOn() => CoroutineGroup.RunAsync(async group =>
    {
        group.Spawn(Say("Hi"));
        group.Spawn(Say("you"));
        Console.WriteLine("!");
    });
}
