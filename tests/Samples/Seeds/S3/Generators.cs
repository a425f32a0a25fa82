namespace Seeds.S3;

/// <summary>The history of generators in three programs.</summary>
internal static class Generators
{
    [Row("S3-01", "A generator cooks its values when they are asked for")]
    internal static void LazyValues()
    {
        var range = Range(3);
        Console.WriteLine("nothing is cooked yet");
        foreach (var value in range)
            Console.WriteLine(value);

        static IEnumerable<int> Range(int count)
        {
            for (var value = 0; value < count; value++)
            {
                Console.WriteLine($"cooking {value}");
                yield return value;
            }
        }
    }

    [Row("S3-02", "Two ways: an accumulator gets numbers and gives sums")]
    internal static void Accumulator()
    {
        using var driver = new CoroutineDriver(Accumulate());
        driver.Send(null, out _);
        foreach (var number in new[] { 1, 2, 3 })
        {
            driver.Send(number, out var sum);
            Console.WriteLine(sum);
        }

        static async Coroutine Accumulate()
        {
            var sum = 0;
            while (true)
                sum += (int)(await Coroutine.Suspend(sum))!;
        }
    }
}
