using ScopedTasks;

namespace Gallery;

internal static class Loops
{
    public static void Start() => EventLoop.Run(WorkAsync());

    private static async Coroutine WorkAsync()
    {
        _ = StoreAsync(); // SCOPE301
        Thread.Sleep(1); // SCOPE207
        await Task.Delay(1); // SCOPE613
        await StoreAsync();
    }

    private static async Coroutine StoreAsync() => await Coroutine.Yield();

    private static async Coroutine PumpAsync(Queue<int> queue)
    {
        await StoreAsync();
        while (true) // SCOPE611
        {
            queue.Enqueue(queue.Count);
        }
    }
}
