namespace Gallery;

internal static class Spawning
{
    public static async Task RunAsync(Shop shop, IReadOnlyList<Order> orders)
    {
        Import(shop, orders);
        orders.ToList().ForEach(async order => await shop.StoreAsync(order)); // SCOPE403
        await Task.WhenAll(orders.Select(order => shop.StoreAsync(order))); // SCOPE402
    }

    private static void Import(Shop shop, IReadOnlyList<Order> orders)
    {
        foreach (var order in orders)
        {
            _ = shop.StoreAsync(order); // SCOPE401
        }
    }
}
