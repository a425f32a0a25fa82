#nullable disable

namespace Gallery;

/// <summary>Mistakes that the compiler reports by itself where it follows null.</summary>
internal static class Nulls
{
    public static async Task RunAsync(Shop shop)
    {
        await shop?.SettleAsync(); // SCOPE308
        await OpenAsync(shop);
    }

    private static Task OpenAsync(Shop shop) => shop != null ? shop.SettleAsync() : null; // SCOPE307
}
