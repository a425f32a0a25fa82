namespace Gallery;

internal static class LostTasks
{
    public static void Start(Shop shop, Order order)
    {
        shop.SendAsync(order); // SCOPE101
        Store(shop, order);

        shop.Opened += async () => await shop.StoreAsync(order); // SCOPE111
        shop.Open(async () => await shop.StoreAsync(order)); // SCOPE110
    }

    private static async void Store(Shop shop, Order order) // SCOPE109
    {
        await shop.StoreAsync(order);
    }

    public static async Task RunAsync(Shop shop, Order order)
    {
        _ = shop.SendAsync(order); // SCOPE102
        Console.WriteLine($"{shop.PriceAsync(order)}"); // SCOPE116
        await shop.StoreAsync(order);

        shop.Closing += () => shop.StoreAsync(order);
        await shop.CloseAsync();
        await using var sender = new Sender(shop, order);
    }

    public static async Task KeepAsync(Shop shop, Order order)
    {
        var sent = shop.SendAsync(order); // SCOPE103
        await shop.StoreAsync(order);
    }

    public static async Task ChooseAsync(Shop shop, Order order)
    {
        var sent = shop.SendAsync(order); // SCOPE104
        if (order.Id > 100)
        {
            return;
        }

        await sent;
    }

    public static async Task<int> AddUpAsync(Shop shop, Order order)
    {
        var price = shop.PriceAsync(order);
        var other = shop.PriceAsync(new Order(2)); // SCOPE105
        return await price + await other;
    }

    public static async Task NestAsync(Shop shop, Order order)
    {
        await Task.Factory.StartNew(() => shop.StoreAsync(order)); // SCOPE114
    }

    public static Task OutliveAsync(Shop shop, Order order)
    {
        using var source = new CancellationTokenSource(1000);
        return shop.ShipAsync(order, source.Token); // SCOPE113
    }

    public static async Task<int> RaceAsync(Shop shop, Order order, CancellationToken ct)
    {
        return await await Task.WhenAny(shop.QuoteAsync(order, ct), shop.QuoteAsync(order, ct)); // SCOPE107
    }

    public static async Task GiveUpAsync(Shop shop, Order order, CancellationToken ct)
    {
        await shop.ShipAsync(order, ct).WaitAsync(TimeSpan.FromSeconds(1)); // SCOPE108
    }

    public static async Task DetourAsync(Shop shop, Order order)
    {
        await Task.Run(() => shop.WrapAsync(order)); // SCOPE115
    }
}
