using System.Threading.Channels;

namespace Shop.Catalog;

/// <summary>Carries uploaded product lists to the worker.</summary>
public sealed class ImportQueue
{
    private readonly Channel<ImportBatch> _channel = Channel.CreateBounded<ImportBatch>(100);

    public ChannelReader<ImportBatch> Reader => _channel.Reader;

    public ChannelWriter<ImportBatch> Writer => _channel.Writer;
}
