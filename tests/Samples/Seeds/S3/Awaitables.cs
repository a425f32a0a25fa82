using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Seeds.S3;

/// <summary>Whatever can be awaited can be awaited on the loop.</summary>
internal static class Awaitables
{
    [Row("S3-07", "Awaitable is what has an awaiter: all kinds resume on the thread of the loop")]
    internal static void AllKinds(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var thread = Environment.CurrentManagedThreadId;
            await OnPool();
            Tell("Task");
            await OnPool().ConfigureAwait(false);
            Tell("Task, ConfigureAwait(false)");
            await new ValueTask(OnPool());
            Tell("ValueTask");
            Console.WriteLine(await ReadFromChannel());
            Tell("Channel");
            await foreach (var _ in Stream())
                Tell("IAsyncEnumerable");
            await Nested();
            Tell("Coroutine");
            await Coroutine.Sleep(Seconds(0.01));
            Tell("Sleep");
            await FutureOfAnotherThread();
            Tell("Future");
            await new OwnAwaitable();
            Tell("an awaiter of one's own");
            await Task.Yield();
            Tell("Task.Yield");

            void Tell(string what) => Console.WriteLine(
                $"{what}: {(Environment.CurrentManagedThreadId == thread ? "on the loop" : "elsewhere")}");
        }

        static Task OnPool() => Task.Run(() => { });

        static async Coroutine Nested() => await OnPool();

        static async Coroutine<int> ReadFromChannel()
        {
            var channel = Channel.CreateBounded<int>(1);
            await Task.Run(() => channel.Writer.TryWrite(42));
            return await channel.Reader.ReadAsync();
        }

        static async IAsyncEnumerable<int> Stream()
        {
            await OnPool();
            yield return 1;
        }

        static Coroutine FutureOfAnotherThread() => CoroutineGroup.RunAsync(async group =>
        {
            var loop = EventLoop.Current!;
            var future = new Future<int>();
            group.Spawn(Blocking.RunAsync(_ => loop.Post(() => future.SetResult(1))));
            await future;
        });
    }

    /// <summary>Goes on by a thread of its own.</summary>
    private sealed class OwnAwaitable : INotifyCompletion
    {
        public bool IsCompleted => false;

        public OwnAwaitable GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => new Thread(() => continuation()).Start();
    }
}
