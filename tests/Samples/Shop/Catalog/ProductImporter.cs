using System.Runtime.CompilerServices;

namespace Shop.Catalog;

/// <summary>A list of products that somebody uploaded.</summary>
public sealed record ImportBatch(string File, IReadOnlyList<Product> Products);

/// <summary>Takes uploaded products over into the catalogue.</summary>
public interface IProductImporter
{
    IAsyncEnumerable<Product> ImportAsync(ImportBatch batch, CancellationToken cancellationToken = default);
}

/// <summary>Imports row by row and hands out what it has taken over.</summary>
public sealed class ProductImporter : IProductImporter
{
    private readonly IProductCatalog _catalog;

    public ProductImporter(IProductCatalog catalog) => _catalog = catalog;

    public async IAsyncEnumerable<Product> ImportAsync(
        ImportBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var product in batch.Products)
        {
            await _catalog.AddAsync(product, cancellationToken);
            yield return product;
        }
    }
}
