namespace Shop.Stock;

/// <summary>How many of a product are on the shelf.</summary>
public sealed record StockCount(string Sku, int Quantity);

/// <summary>Knows how many of everything there are.</summary>
public interface IStockStore
{
    Task BeginCountAsync(CancellationToken cancellationToken = default);

    Task SetAsync(string sku, int quantity, CancellationToken cancellationToken = default);
}
