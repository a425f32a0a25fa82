namespace Gallery;

internal static class Cold
{
    public static async Task RunAsync(Shop shop, IReadOnlyList<Order> orders)
    {
        shop.ReadAsync(); // SCOPE302
        orders.Select(order => shop.StoreAsync(order)); // SCOPE303
        new Task(() => shop.ToString()); // SCOPE305
        await shop.SettleAsync();
    }
}
