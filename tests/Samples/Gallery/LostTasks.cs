namespace Gallery;

internal static class LostTasks
{
    public static void Run(Shop shop, Order order)
    {
        shop.SendAsync(order); // SCOPE101
    }

    public static async Task RunAsync(Shop shop, Order order)
    {
        _ = shop.SendAsync(order); // SCOPE102
        Console.WriteLine($"{shop.PriceAsync(order)}"); // SCOPE116
        await shop.StoreAsync(order);
    }
}
