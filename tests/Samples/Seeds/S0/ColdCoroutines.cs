namespace Seeds.S0;

/// <summary>Coroutines without any loop: they are created suspended, and somebody has to send into them.</summary>
internal static class ColdCoroutines
{
    [Row("S0-01", "A coroutine is created suspended: calling the method runs nothing")]
    internal static void CreatedSuspended()
    {
        var coroutine = Hello("you");
        Console.WriteLine("created");
        using var driver = new CoroutineDriver(coroutine);
        driver.Send(null, out _);
    }

    [Row("S0-02", "A coroutine that never suspends runs without a loop, and its value comes back")]
    [Row("S3-05", "A native coroutine runs by one send, without any main loop")]
    internal static void RunWithoutLoop() => Console.WriteLine(Two().RunSynchronously());

    [Row("S0-03", "Nested awaits need no loop either, as nothing yields")]
    internal static void NestedAwaits() => Add([1, 2, 3]).RunSynchronously();

    [Row("S0-04", "The same with the awaits inlined: good old synchronous code")]
    internal static void InlinedAwaits() => AddInlined([1, 2, 3]).RunSynchronously();

    [Row("S0-05", "A bare yield is seen by whoever sends")]
    internal static void BareYields()
    {
        using var driver = new CoroutineDriver(ReallyJustCoroutine());
        driver.Send(null, out var r1);
        driver.Send(null, out var r2);
        var more = driver.Send(null, out _);
        Console.WriteLine($"r1={r1} r2={r2} more={more} result={driver.Result}");
    }

    [Row("S0-06", "One send does not exhaust a coroutine: each goes one suspension further")]
    internal static void OneSendIsOneStep()
    {
        using var driver = new CoroutineDriver(ReallyJustCoroutine());
        var sends = 1;
        while (driver.Send(null, out var yielded))
        {
            Console.WriteLine($"send {sends} yielded {yielded}");
            sends++;
        }
        Console.WriteLine($"send {sends} returned {driver.Result}");
    }

    private static async Coroutine Hello(string name) => Console.WriteLine($"Hi, {name}, from coroutine!");

    private static async Coroutine<int> Two() => 2;

    private static async Coroutine<int> Add(int[] numbers)
    {
        var count = 0;
        foreach (var number in numbers)
        {
            var dissolved = await Dissolve(number);
            count += await Cardinality(dissolved);
        }
        Console.WriteLine($"Sum of [{string.Join(", ", numbers)}] is {count}");
        return count;
    }

    private static async Coroutine<int> AddInlined(int[] numbers)
    {
        var count = 0;
        foreach (var number in numbers)
        {
            var dissolved = Dissolve(number).RunSynchronously();
            count += Cardinality(dissolved).RunSynchronously();
        }
        Console.WriteLine($"Sum of [{string.Join(", ", numbers)}] is {count}");
        return count;
    }

    private static async Coroutine<int[]> Dissolve(int number) => [.. Enumerable.Repeat(1, number)];

    private static async Coroutine<int> Cardinality(int[] elements) => elements.Length;

    private static async Coroutine<int> ReallyJustCoroutine()
    {
        await Coroutine.Suspend(1);
        await Coroutine.Suspend(1);
        return 2;
    }
}
