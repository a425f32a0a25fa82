using System.Collections.Concurrent;

namespace Shop.Prices;

/// <summary>The prices the shop sells at, as last heard from the supplier.</summary>
public sealed class PriceList
{
    private readonly ConcurrentDictionary<string, decimal> _prices = new();
    private readonly ISupplier _supplier;

    public PriceList(ISupplier supplier) => _supplier = supplier;

    public IReadOnlyDictionary<string, decimal> All => _prices;

    public void Set(string sku, decimal price) => _prices[sku] = price;

    public void Invalidate(string sku)
    {
        _prices.TryRemove(sku, out _);
        _supplier.RequestPriceAsync(sku);
    }
}
