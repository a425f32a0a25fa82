namespace Gallery;

internal static class Blocking
{
    public static async Task RunAsync(Shop shop, Order order)
    {
        shop.StoreAsync(order).Wait(); // SCOPE201
        Thread.Sleep(1); // SCOPE202
        await shop.SendAsync(order);
    }

    public static void Store(Shop shop, Order order)
    {
        shop.StoreAsync(order).Wait(); // SCOPE204
    }
}
