using System.Net.Http.Json;
using Shop.Catalog;

namespace Shop.Scenarios;

/// <summary>What becomes of uploaded products.</summary>
internal static class ImportScenarios
{
    public static async Task<Observation> ImportedProductsAsync()
    {
        await using var shop = await RunningShop.StartAsync();

        Product[] products = [new("P1", "Hat", null), new("P2", "Kite", null), new("P3", "Pot", null)];
        var batch = new ImportBatch("spring.csv", products);
        using var response = await shop.Client.PostAsJsonAsync("/catalog/imports", batch);
        response.EnsureSuccessStatusCode();
        await shop.AtRestAsync();

        var catalog = shop.Services.GetRequiredService<IProductCatalog>();
        var imported = (await catalog.GetAllAsync()).Count;
        return new(imported == 3, $"3 products uploaded, {imported} in the catalogue");
    }
}
