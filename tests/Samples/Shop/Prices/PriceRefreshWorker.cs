using Shop.Catalog;

namespace Shop.Prices;

/// <summary>Fetches all prices anew every five minutes.</summary>
public sealed class PriceRefreshWorker : BackgroundService
{
    private readonly IProductCatalog _catalog;
    private readonly ISupplier _supplier;
    private readonly PriceList _prices;
    private readonly ILogger<PriceRefreshWorker> _logger;

    public PriceRefreshWorker(
        IProductCatalog catalog, ISupplier supplier, PriceList prices, ILogger<PriceRefreshWorker> logger)
    {
        _catalog = catalog;
        _supplier = supplier;
        _prices = prices;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(5));
        do
        {
            await RefreshAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var products = await _catalog.GetAllAsync(cancellationToken);
        await Task.WhenAll(products.Select(async product =>
        {
            var price = await _supplier.GetPriceAsync(product.Sku, cancellationToken);
            _prices.Set(product.Sku, price);
        }));
        _logger.LogInformation("{Count} prices refreshed", products.Count);
    }
}
