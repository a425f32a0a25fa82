namespace Seeds.S1;

/// <summary>A process that lives until somebody presses Ctrl+C.</summary>
internal static class LongRunning
{
    private static readonly EventLoopOptions s_interruptible = new() { HandleConsoleInterrupt = true };

    [Row("S1-34", "A long-running main is interrupted by Ctrl+C, and shuts down gracefully", IsReal = true)]
    internal static void CaughtInterrupt()
    {
        try
        {
            Console.WriteLine("Starting up");
            EventLoop.Run(Main(), s_interruptible);
        }
        catch (EventLoopInterruptedException)
        {
            Console.WriteLine("Catching shutdown");
        }
        finally
        {
            Console.WriteLine("Starting shutting down");
        }

        static async Coroutine Main()
        {
            while (true)
            {
                try
                {
                    await Coroutine.Sleep(Seconds(1));
                    Console.WriteLine("woke up");
                }
                catch (OperationCanceledException)
                {
                    Console.WriteLine("Caught the cancel before throwing again");
                    throw;
                }
            }
        }
    }

    [Row("S1-34-twice", "The second Ctrl+C kills a shutdown that takes too long", IsReal = true)]
    internal static void SecondInterruptKills()
    {
        EventLoop.Run(Main(), s_interruptible);

        static async Coroutine Main()
        {
            try
            {
                Console.WriteLine("Starting up");
                await Coroutine.SleepForever();
            }
            finally
            {
                Console.WriteLine("Shutting down, slowly");
                await Coroutine.ShieldAsync(async _ => await Coroutine.SleepForever());
            }
        }
    }
}
