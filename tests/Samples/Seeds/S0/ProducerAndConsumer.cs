using System.Threading.Channels;

namespace Seeds.S0;

/// <summary>A queue between those who produce and those who consume: what the growing loop queue was missing.</summary>
internal static class ProducerAndConsumer
{
    [Row("S0-23", "A bounded channel makes the producer wait for the consumer")]
    internal static void BoundedChannel(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var channel = LoopChannel.CreateBounded<int>(2);
            var peak = 0;
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Produce(channel));
                group.Spawn(Consume());
            });
            Console.WriteLine($"never more than 2 in the channel: {peak <= 2}");

            async Coroutine Consume()
            {
                await foreach (var item in channel.Reader.ReadAllAsync())
                {
                    Console.WriteLine(item);
                    // The consumer is slow, and the channel fills.
                    await Coroutine.Sleep(Seconds(1));
                    peak = Math.Max(peak, channel.Reader.Count);
                }
            }
        }

        static async Coroutine Produce(Channel<int> channel)
        {
            for (var item = 0; item < 10; item++)
                await channel.Writer.WriteAsync(item);
            channel.Writer.Complete();
        }
    }
}
