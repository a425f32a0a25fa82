using System.Collections.Concurrent;

namespace Shop.Catalog;

/// <summary>What customers say of a product.</summary>
public sealed class Reviews
{
    private readonly ConcurrentDictionary<string, string> _texts = new();

    public void Keep(string sku, string text) => _texts[sku] = text;
}

/// <summary>The route for reviews, which are plain text.</summary>
public static class ReviewEndpoints
{
    public static void MapReviews(this WebApplication app) => app.MapPost("/catalog/reviews/{sku}", KeepAsync);

    private static async Task<IResult> KeepAsync(
        string sku, HttpRequest request, Reviews reviews, IProductCatalog catalog, CancellationToken cancellationToken)
    {
        var products = await catalog.GetAllAsync(cancellationToken);
        if (products.All(product => product.Sku != sku))
        {
            return Results.NotFound();
        }

        using var reader = new StreamReader(request.Body);
        reviews.Keep(sku, reader.ReadToEnd());
        return Results.NoContent();
    }
}
