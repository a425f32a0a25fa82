namespace Gallery;

internal static class Cancellation
{
    public static async Task RunAsync(Shop shop, IReadOnlyList<Order> orders, CancellationToken cancellationToken)
    {
        foreach (var order in orders)
        {
            try
            {
                await shop.ShipAsync(order, cancellationToken);
            }
            catch (Exception) // SCOPE503
            {
                Console.WriteLine($"{order.Id} is not shipped");
            }
        }
    }
}
