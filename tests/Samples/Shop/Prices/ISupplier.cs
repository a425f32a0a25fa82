namespace Shop.Prices;

/// <summary>The supplier's price service, somewhere else in the world.</summary>
public interface ISupplier
{
    Task<decimal> GetPriceAsync(string sku, CancellationToken cancellationToken = default);

    Task RequestPriceAsync(string sku);

    Task ReconnectAsync();
}
