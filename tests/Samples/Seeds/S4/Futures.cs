namespace Seeds.S4;

/// <summary>A future: a value that will be there later, for as many as want it.</summary>
internal static class Futures
{
    [Row("S4-16", "A future is set once, and awaited any number of times")]
    internal static void AwaitedManyTimes(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var value = new Future<int>();
            var failure = new Future<int>();
            Console.WriteLine($"done: {value.IsCompleted}");
            try
            {
                Console.WriteLine(value.Result);
            }
            catch (InvalidOperationException)
            {
                Console.WriteLine("there is no result yet");
            }
            await CoroutineGroup.RunAsync(async group =>
            {
                for (var waiter = 1; waiter <= 3; waiter++)
                {
                    group.Spawn(Wait(waiter, value));
                    group.Spawn(Wait(waiter, failure));
                }
                await Coroutine.Sleep(Seconds(1));
                value.SetResult(42);
                await Coroutine.Sleep(Seconds(1));
                failure.SetException(new InvalidOperationException("it went wrong"));
            });
            Console.WriteLine($"done: {value.IsCompleted}");
            Console.WriteLine($"awaited afterwards: {await value}");
            Console.WriteLine($"set again: {value.TrySetResult(43)}");
            try
            {
                value.SetResult(43);
            }
            catch (InvalidOperationException exception)
            {
                Console.WriteLine(exception.Message);
            }
        }

        static async Coroutine Wait(int waiter, Future<int> future)
        {
            try
            {
                Console.WriteLine($"waiter {waiter} got {await future}");
            }
            catch (InvalidOperationException exception)
            {
                Console.WriteLine($"waiter {waiter}: {exception.Message}");
            }
        }
    }
}
