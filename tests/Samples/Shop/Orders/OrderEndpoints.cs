namespace Shop.Orders;

/// <summary>The order routes.</summary>
public static class OrderEndpoints
{
    public static void MapOrders(this WebApplication app) => app.MapPost("/orders", PlaceAsync);

    private static async Task<IResult> PlaceAsync(
        OrderRequest request, OrderService orders, CancellationToken cancellationToken)
    {
        var receipt = await orders.PlaceAsync(request, cancellationToken);
        return Results.Accepted($"/orders/{receipt.Number}", receipt);
    }
}
