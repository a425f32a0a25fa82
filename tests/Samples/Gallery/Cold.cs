namespace Gallery;

internal static class Cold
{
    public static async Task RunAsync(Shop shop)
    {
        shop.ReadAsync(); // SCOPE302
        await shop.SettleAsync();
    }
}
