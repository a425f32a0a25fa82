using Shop.Audit;

namespace Shop.Prices;

/// <summary>The price routes.</summary>
public static class PriceEndpoints
{
    public static void MapPrices(this WebApplication app)
    {
        app.MapGet("/quotes/{sku}", QuoteAsync);
        app.MapPut("/prices/{sku}", ChangeAsync);
        app.MapDelete("/prices/{sku}", Invalidate);
    }

    private static async Task<IResult> QuoteAsync(
        string sku, int quantity, QuoteService quotes, CancellationToken cancellationToken)
        => Results.Ok(await quotes.GetQuoteAsync(sku, quantity, cancellationToken));

    private static async Task<IResult> ChangeAsync(
        string sku, HttpRequest request, PriceList prices, AuditLog audit, CancellationToken cancellationToken)
    {
        var price = await request.ReadFromJsonAsync<decimal>(cancellationToken);
        prices.Set(sku, price);
        audit.RecordAsync($"price of {sku} set to {price}");
        return Results.NoContent();
    }

    private static IResult Invalidate(string sku, PriceList prices)
    {
        prices.Invalidate(sku);
        return Results.NoContent();
    }
}
