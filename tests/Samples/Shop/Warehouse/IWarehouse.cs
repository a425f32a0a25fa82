namespace Shop.Warehouse;

/// <summary>The warehouse's own system, which answers one question at a time.</summary>
public interface IWarehouse
{
    Task<int> CountAsync(string sku, CancellationToken cancellationToken = default);
}
