namespace Shop.Stock;

/// <summary>The stock routes.</summary>
public static class StockEndpoints
{
    public static void MapStock(this WebApplication app) => app.MapPost("/stock/counts", BookAsync);

    private static async Task<IResult> BookAsync(
        StockCount[] counts, StockTaking stockTaking, CancellationToken cancellationToken)
    {
        var booked = await stockTaking.BookAsync(counts, cancellationToken);
        return Results.Ok(new { Booked = booked });
    }
}
