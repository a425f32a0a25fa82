namespace Shop.Stock;

/// <summary>Books what somebody counted on the shelves.</summary>
public sealed class StockTaking
{
    private readonly IStockStore _store;
    private readonly ILogger<StockTaking> _logger;

    public StockTaking(IStockStore store, ILogger<StockTaking> logger)
    {
        _store = store;
        _logger = logger;
    }

    public async Task<int> BookAsync(IReadOnlyList<StockCount> counts, CancellationToken cancellationToken)
    {
        await _store.BeginCountAsync(cancellationToken);
        Parallel.ForEach(counts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async count =>
        {
            await _store.SetAsync(count.Sku, count.Quantity, cancellationToken);
            _logger.LogDebug("{Sku}: {Quantity}", count.Sku, count.Quantity);
        });

        return counts.Count;
    }
}
