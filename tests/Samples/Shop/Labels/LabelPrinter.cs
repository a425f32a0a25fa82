using ScopedTasks;

namespace Shop.Labels;

/// <summary>Drives the label printer, which speaks to one thread only: that of an event loop.</summary>
public sealed class LabelPrinter
{
    private readonly IPrinterPort _port;

    public LabelPrinter(IPrinterPort port) => _port = port;

    public int Print(IReadOnlyList<string> skus) => EventLoop.Run(PrintAsync(skus));

    private async Coroutine<int> PrintAsync(IReadOnlyList<string> skus)
    {
        foreach (var sku in skus)
        {
            _ = PrintAsync(sku);
        }

        await Coroutine.Yield();
        return skus.Count;
    }

    private async Coroutine PrintAsync(string sku)
    {
        _port.Write($"[{sku}]");
        await Coroutine.Yield();
        _port.Write("\f");
    }
}
