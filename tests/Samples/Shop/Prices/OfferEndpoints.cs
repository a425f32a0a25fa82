using ScopedTasks;

namespace Shop.Prices;

/// <summary>The route for many prices at once: whoever hangs up stops the questions to the supplier.</summary>
public static class OfferEndpoints
{
    public static void MapOffers(this WebApplication app) => app.MapGet("/offers", PricesAsync);

    private static async Task<IResult> PricesAsync(string[] sku, ISupplier supplier, HttpContext context)
    {
        var prices = await TaskGroup.SelectAsync(
            sku, supplier.GetPriceAsync, maxConcurrency: 4, context.RequestAborted);
        return Results.Ok(prices);
    }
}
