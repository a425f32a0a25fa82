namespace Shop.Catalog;

/// <summary>The catalogue routes.</summary>
public static class CatalogEndpoints
{
    public static void MapCatalog(this WebApplication app)
    {
        app.MapPost("/catalog/imports", ImportAsync);
        app.MapPost("/catalog/pictures", LoadPicturesAsync);
    }

    private static async Task<IResult> ImportAsync(
        ImportBatch batch, ImportQueue queue, CancellationToken cancellationToken)
    {
        await queue.Writer.WriteAsync(batch, cancellationToken);
        return Results.Accepted();
    }

    private static async Task<IResult> LoadPicturesAsync(PictureLoader pictures, CancellationToken cancellationToken)
    {
        var count = await pictures.LoadAllAsync(cancellationToken);
        return Results.Ok(new { Pictures = count });
    }
}
