namespace Seeds.S2;

/// <summary>The traces of the seed: who runs when, in a generator and around it.</summary>
internal static class Generators
{
    [Row("S2-07", "The trace of a generator in a loop, as an iterator and as a coroutine that is driven")]
    internal static void Trace()
    {
        Console.WriteLine("| for begin");
        foreach (var number in GetNumbers())
            Console.WriteLine($"| Got {number}.");
        Console.WriteLine("| for end");

        Console.WriteLine();
        Console.WriteLine("| for begin");
        using (var driver = new CoroutineDriver(GetNumbersAsCoroutine()))
        {
            while (driver.Send(null, out var number))
                Console.WriteLine($"| Got {number}.");
        }
        Console.WriteLine("| for end");
    }

    [Row("S2-08", "One step after the other, and one too many")]
    internal static void StepByStep()
    {
        using var generator = new CoroutineDriver(GetNumbersAsCoroutine());
        while (generator.Send(null, out var number))
            Console.WriteLine($"Out: {number}");
        Console.WriteLine("StopIteration");
        try
        {
            generator.Send(null, out _);
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine(exception.Message);
        }
    }

    [Row("S2-17", "Values go in by send, and come out of the await")]
    internal static void SendsValues()
    {
        using var driver = new CoroutineDriver(Greet());
        driver.Send(null, out var question);
        Console.WriteLine(question);
        driver.Send("Ann", out _);

        static async Coroutine Greet()
        {
            var name = (string?)await Coroutine.Suspend("name?");
            Console.WriteLine($"Hello {name}");
        }
    }

    [Row("S2-18", "What is suspended three calls deep reaches the driver, and the answer comes back there")]
    [Row("S3-04", "Delegation to another coroutine, as yield from does")]
    internal static void Nested()
    {
        Console.WriteLine("# flat");
        Drive(Flat());
        Console.WriteLine("# three deep");
        Drive(First());

        static void Drive(Coroutine<string> coroutine)
        {
            using var driver = new CoroutineDriver(coroutine);
            var answer = 0;
            while (driver.Send(answer == 0 ? null : answer * 10, out var asked))
            {
                Console.WriteLine($"asked {asked}");
                answer++;
            }
            Console.WriteLine(driver.Result);
        }

        static async Coroutine<string> Flat()
        {
            var one = await Coroutine.Suspend(1);
            var two = await Coroutine.Suspend(2);
            return $"got {one} and {two}";
        }

        static async Coroutine<string> First() => await Second();

        static async Coroutine<string> Second()
        {
            var one = await Third(1);
            var two = await Third(2);
            return $"got {one} and {two}";
        }

        static async Coroutine<object?> Third(int number) => await Coroutine.Suspend(number);
    }

    private static IEnumerable<int> GetNumbers()
    {
        Console.WriteLine("|| get_numbers begin");
        Console.WriteLine("|| get_numbers Giving 1...");
        yield return 1;
        Console.WriteLine("|| get_numbers Giving 2...");
        yield return 2;
        Console.WriteLine("|| get_numbers Giving 3...");
        yield return 3;
        Console.WriteLine("|| get_numbers end");
    }

    private static async Coroutine GetNumbersAsCoroutine()
    {
        Console.WriteLine("|| get_numbers begin");
        Console.WriteLine("|| get_numbers Giving 1...");
        await Coroutine.Suspend(1);
        Console.WriteLine("|| get_numbers Giving 2...");
        await Coroutine.Suspend(2);
        Console.WriteLine("|| get_numbers Giving 3...");
        await Coroutine.Suspend(3);
        Console.WriteLine("|| get_numbers end");
    }
}
