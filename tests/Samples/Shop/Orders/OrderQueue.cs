using System.Threading.Channels;

namespace Shop.Orders;

/// <summary>Carries accepted orders from the requests to the worker.</summary>
public sealed class OrderQueue
{
    private readonly Channel<Order> _channel = Channel.CreateBounded<Order>(1000);

    public ChannelReader<Order> Reader => _channel.Reader;

    public ChannelWriter<Order> Writer => _channel.Writer;
}
