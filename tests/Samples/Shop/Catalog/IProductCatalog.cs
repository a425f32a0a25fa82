namespace Shop.Catalog;

/// <summary>Something the shop sells.</summary>
public sealed record Product(string Sku, string Name, string? PictureUrl);

/// <summary>Everything the shop sells.</summary>
public interface IProductCatalog
{
    Task<IReadOnlyList<Product>> GetAllAsync(CancellationToken cancellationToken = default);

    Task AddAsync(Product product, CancellationToken cancellationToken = default);

    Task SetPictureAsync(string sku, byte[] picture, CancellationToken cancellationToken = default);
}
