namespace Seeds.S2;

/// <summary>Calling an asynchronous function is not running it.</summary>
internal static class Calling
{
    [Row("S2-06", "Calling without awaiting does nothing at all")]
    internal static void RunsNothing()
    {
        var neverRun = AsyncMain();
        Console.WriteLine($"after the call: {neverRun.Status}");
        // Closing it says that this is meant.
        new CoroutineDriver(neverRun).Dispose();

        static async Coroutine AsyncMain() => Console.WriteLine("never printed");
    }
}
