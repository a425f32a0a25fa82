namespace Gallery;

internal static class Spawning
{
    public static async Task RunAsync(Shop shop, IReadOnlyList<Order> orders)
    {
        Import(shop, orders);
        orders.ToList().ForEach(async order => await shop.StoreAsync(order)); // SCOPE403
        await Task.WhenAll(orders.Select(order => shop.StoreAsync(order))); // SCOPE402
        await CountAsync(shop);
        await SumAsync(orders.Select(shop.PriceAsync).ToList());
        await CrawlAsync(shop, orders[0], depth: 2);
        await WaitAsync(shop);
        var buffer = System.Threading.Channels.Channel.CreateUnbounded<Order>(); // SCOPE409
        await buffer.Writer.WriteAsync(orders[0]);
        using var timer = new Timer(_ => shop.SendAsync(orders[0]), null, 0, 1000); // SCOPE404
    }

    private static void Import(Shop shop, IReadOnlyList<Order> orders)
    {
        foreach (var order in orders)
        {
            _ = shop.StoreAsync(order); // SCOPE401
        }
    }

    private static async Task CountAsync(Shop shop)
    {
        var counts = new Task<int>[3];
        for (var i = 0; i < 3; i++)
        {
            counts[i] = Task.Run(() => shop.Sent + i); // SCOPE407
        }

        await Task.WhenAll(counts);
    }

    private static async Task<int> SumAsync(List<Task<int>> prices)
    {
        var sum = 0;
        while (prices.Count > 0)
        {
            var price = await Task.WhenAny(prices); // SCOPE406
            prices.Remove(price);
            sum += await price;
        }

        return sum;
    }

    private static async Task CrawlAsync(Shop shop, Order order, int depth)
    {
        await shop.StoreAsync(order);
        await Task.WhenAll(Enumerable.Range(0, depth).Select(_ => CrawlAsync(shop, order, depth - 1))); // SCOPE408
    }

    private static async Task WaitAsync(Shop shop)
    {
        while (shop.Stored == 0)
        {
            await Task.Delay(10); // SCOPE405
        }
    }
}
