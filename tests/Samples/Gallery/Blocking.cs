namespace Gallery;

internal static class Blocking
{
    public static async Task RunAsync(Shop shop, Order order)
    {
        shop.StoreAsync(order).Wait(); // SCOPE201
        Thread.Sleep(1); // SCOPE202
        Pause(); // SCOPE205
        Console.WriteLine(File.ReadAllText(Path.GetTempFileName())); // SCOPE203
        using var file = new StreamWriter(Path.GetTempFileName()); // SCOPE206
        await shop.SendAsync(order);
    }

    public static void Store(Shop shop, Order order)
    {
        shop.StoreAsync(order).Wait(); // SCOPE204
    }

    private static void Pause() => Thread.Sleep(1);
}
