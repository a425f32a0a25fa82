namespace Shop.Warehouse;

/// <summary>The routes that ask the warehouse.</summary>
public static class WarehouseEndpoints
{
    public static void MapWarehouse(this WebApplication app)
    {
        app.MapGet("/availability/{sku}", CountAsync);
        app.MapPost("/reservations/{sku}", ReserveAsync);
    }

    private static async Task<IResult> CountAsync(
        string sku, Availability availability, CancellationToken cancellationToken)
        => Results.Ok(await availability.CountAsync(sku, cancellationToken));

    private static async Task<IResult> ReserveAsync(string sku, Reservations reservations)
        => Results.Ok(new { Left = await reservations.ReserveAsync(sku) });
}
