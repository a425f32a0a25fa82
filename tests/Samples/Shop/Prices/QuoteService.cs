using Shop.Audit;

namespace Shop.Prices;

/// <summary>What some pieces of a product cost today.</summary>
public sealed record Quote(string Sku, int Quantity, decimal Total);

/// <summary>Quotes at the supplier's price of this minute.</summary>
public sealed class QuoteService
{
    private readonly ISupplier _supplier;
    private readonly PriceList _prices;
    private readonly AuditLog _audit;

    public QuoteService(ISupplier supplier, PriceList prices, AuditLog audit)
    {
        _supplier = supplier;
        _prices = prices;
        _audit = audit;
    }

    public async Task<Quote> GetQuoteAsync(string sku, int quantity, CancellationToken cancellationToken)
    {
        var price = _supplier.GetPriceAsync(sku, cancellationToken).Result;
        _prices.Set(sku, price);
        await _audit.RecordAsync($"{quantity} x {sku} quoted at {price}");
        return new Quote(sku, quantity, price * quantity);
    }
}
