namespace Seeds.S4;

/// <summary>Shields and timeouts.</summary>
internal static class Limits
{
    [Row("S4-13", "A save under a shield is finished, although its surroundings are cancelled")]
    internal static void Shield(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var isDone = await Coroutine.MoveOnAfterAsync(Seconds(0.5), async _ =>
            {
                await Save();
                await Coroutine.Checkpoint();
                Console.WriteLine("never printed");
            });
            Console.WriteLine(isDone ? "done" : "cancelled");
        }

        static async Coroutine Save()
        {
            using var shield = new CancelScope { Shield = true };
            await Coroutine.Sleep(Seconds(1));
            Console.WriteLine("saved");
        }
    }

    [Row("S4-14", "A timeout fails, or moves on")]
    internal static void Timeout(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var start = Now();
            try
            {
                await Coroutine.FailAfterAsync(Seconds(1), async _ => await Coroutine.Sleep(Seconds(10)));
            }
            catch (TimeoutException exception)
            {
                Console.WriteLine($"{exception.GetType().Name} at {Elapsed(start):F0} s");
            }
            start = Now();
            var isDone = await Coroutine.MoveOnAfterAsync(Seconds(1), async _ => await Coroutine.Sleep(Seconds(10)));
            Console.WriteLine($"{isDone} at {Elapsed(start):F0} s");
        }
    }
}
