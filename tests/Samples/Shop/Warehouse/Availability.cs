namespace Shop.Warehouse;

/// <summary>Says how many of a product are there, asking the warehouse one question after the other.</summary>
public sealed class Availability
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly IWarehouse _warehouse;

    public Availability(IWarehouse warehouse) => _warehouse = warehouse;

    public async Task<int> CountAsync(string sku, CancellationToken cancellationToken)
    {
        _turn.Wait(cancellationToken);
        try
        {
            return await _warehouse.CountAsync(sku, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
