namespace Shop.Prices;

/// <summary>What some pieces of a product cost today.</summary>
public sealed record Quote(string Sku, int Quantity, decimal Total);

/// <summary>Quotes at the supplier's price of this minute.</summary>
public sealed class QuoteService
{
    private readonly ISupplier _supplier;
    private readonly PriceList _prices;

    public QuoteService(ISupplier supplier, PriceList prices)
    {
        _supplier = supplier;
        _prices = prices;
    }

    public async Task<Quote> GetQuoteAsync(string sku, int quantity, CancellationToken cancellationToken)
    {
        await ThrowIfUnknownAsync(sku);
        var price = _supplier.GetPriceAsync(sku, cancellationToken).Result;
        _prices.Set(sku, price);
        return new Quote(sku, quantity, price * quantity);
    }

    private static Task ThrowIfUnknownAsync(string sku)
        => string.IsNullOrWhiteSpace(sku)
            ? throw new ArgumentException("No such product.", nameof(sku))
            : Task.CompletedTask;
}
