namespace Gallery;

internal static class Cold
{
    public static async Task RunAsync(Shop shop, IReadOnlyList<Order> orders)
    {
        shop.ReadAsync(); // SCOPE302
        orders.Select(order => shop.StoreAsync(order)); // SCOPE303
        await StoreTwiceAsync(shop, orders);
        new Task(() => shop.ToString()); // SCOPE305
        await CountTwiceAsync(shop);
        await Nulls.RunAsync(shop);
        var first = shop.ReadAsync().GetAsyncEnumerator(); // SCOPE309
        await first.MoveNextAsync();
        await shop.SettleAsync();
    }

    private static async Task StoreTwiceAsync(Shop shop, IReadOnlyList<Order> orders)
    {
        var storing = orders.Take(2).Select(order => shop.StoreAsync(order)); // SCOPE304
        await Task.WhenAll(storing);
        Console.WriteLine($"{storing.Count()} stored twice");
    }

    private static async Task CountTwiceAsync(Shop shop)
    {
        var counting = shop.CountAsync();
        Console.WriteLine($"{await counting} stored");
        Console.WriteLine($"{await counting} stored"); // SCOPE306
    }
}
