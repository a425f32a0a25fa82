namespace Shop.Catalog;

/// <summary>Where the manufacturers keep the pictures.</summary>
public interface IPictureServer
{
    Task<byte[]> DownloadAsync(string url, CancellationToken cancellationToken = default);
}

/// <summary>Fetches the pictures of all products.</summary>
public sealed class PictureLoader
{
    private readonly IProductCatalog _catalog;
    private readonly IPictureServer _server;

    public PictureLoader(IProductCatalog catalog, IPictureServer server)
    {
        _catalog = catalog;
        _server = server;
    }

    public async Task<int> LoadAllAsync(CancellationToken cancellationToken)
    {
        var products = await _catalog.GetAllAsync(cancellationToken);
        foreach (var product in products)
        {
            _ = LoadAsync(product, cancellationToken);
        }

        return products.Count;
    }

    private async Task LoadAsync(Product product, CancellationToken cancellationToken)
    {
        if (product.PictureUrl is { } url)
        {
            var picture = await _server.DownloadAsync(url, cancellationToken);
            await _catalog.SetPictureAsync(product.Sku, picture, cancellationToken);
        }
    }
}
