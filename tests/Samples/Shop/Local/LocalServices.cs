using System.Collections.Concurrent;
using Shop.Audit;
using Shop.Catalog;
using Shop.Labels;
using Shop.Loyalty;
using Shop.Mail;
using Shop.Orders;
using Shop.Prices;
using Shop.Stock;
using Shop.Warehouse;

namespace Shop.Local;

/// <summary>Keeps orders in memory, for a developer's machine.</summary>
public sealed class InMemoryOrderStore : IOrderStore
{
    private readonly ConcurrentDictionary<string, Order> _orders = new();

    public Task SaveAsync(Order order)
    {
        _orders[order.Number] = order;
        return Task.CompletedTask;
    }
}

/// <summary>Sends no e-mail, but says what it would have sent.</summary>
public sealed class LoggingMailServer(ILogger<LoggingMailServer> logger) : IMailServer
{
    public Task SendAsync(Email email, CancellationToken cancellationToken = default)
    {
        logger.LogInformation("To {To}: {Subject}", email.To, email.Subject);
        return Task.CompletedTask;
    }
}

/// <summary>Two subscribers who do not exist.</summary>
public sealed class LocalSubscriberStore : ISubscriberStore
{
    public Task<IReadOnlyList<Subscriber>> GetAllAsync(CancellationToken cancellationToken = default)
        => Task.FromResult<IReadOnlyList<Subscriber>>(
            [new("Ada", "ada@example.org"), new("Grace", "grace@example.org")]);

    public Task<IReadOnlyList<Subscriber>> GetCelebratingAsync(CancellationToken cancellationToken = default)
        => GetAllAsync(cancellationToken);
}

/// <summary>A supplier with one price for everything.</summary>
public sealed class LocalSupplier(ILogger<LocalSupplier> logger) : ISupplier
{
    public Task<decimal> GetPriceAsync(string sku, CancellationToken cancellationToken = default)
        => Task.FromResult(9.90m);

    public Task RequestPriceAsync(string sku)
    {
        logger.LogInformation("Price of {Sku} requested", sku);
        return Task.CompletedTask;
    }

    public Task ReconnectAsync()
    {
        logger.LogInformation("Connected anew");
        return Task.CompletedTask;
    }
}

/// <summary>Keeps products in memory, for a developer's machine.</summary>
public sealed class InMemoryProductCatalog : IProductCatalog
{
    private readonly ConcurrentDictionary<string, Product> _products = new();
    private readonly ConcurrentDictionary<string, byte[]> _pictures = new();

    public Task<IReadOnlyList<Product>> GetAllAsync(CancellationToken cancellationToken = default)
        => Task.FromResult<IReadOnlyList<Product>>([.. _products.Values]);

    public Task AddAsync(Product product, CancellationToken cancellationToken = default)
    {
        _products[product.Sku] = product;
        return Task.CompletedTask;
    }

    public Task SetPictureAsync(string sku, byte[] picture, CancellationToken cancellationToken = default)
    {
        _pictures[sku] = picture;
        return Task.CompletedTask;
    }
}

/// <summary>Keeps the stock in memory, for a developer's machine.</summary>
public sealed class InMemoryStockStore : IStockStore
{
    private readonly ConcurrentDictionary<string, int> _quantities = new();

    public Task BeginCountAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task SetAsync(string sku, int quantity, CancellationToken cancellationToken = default)
    {
        _quantities[sku] = quantity;
        return Task.CompletedTask;
    }
}

/// <summary>One picture for everything.</summary>
public sealed class LocalPictureServer : IPictureServer
{
    public Task<byte[]> DownloadAsync(string url, CancellationToken cancellationToken = default)
        => Task.FromResult<byte[]>([0x89, 0x50, 0x4E, 0x47]);
}

/// <summary>A warehouse with three of everything.</summary>
public sealed class LocalWarehouse : IWarehouse
{
    public Task<int> CountAsync(string sku, CancellationToken cancellationToken = default) => Task.FromResult(3);
}

/// <summary>A shelf with three of everything, at first.</summary>
public sealed class LocalShelf : IShelf
{
    private readonly ConcurrentDictionary<string, int> _left = new();

    public ValueTask<int> TakeAsync(string sku) => new(_left.AddOrUpdate(sku, 2, (_, left) => left - 1));
}

/// <summary>Prints nothing, but says what it would have printed.</summary>
public sealed class LoggingPrinterPort(ILogger<LoggingPrinterPort> logger) : IPrinterPort
{
    public void Write(string text) => logger.LogInformation("Label: {Text}", text);
}

/// <summary>Keeps points in memory, for a developer's machine.</summary>
public sealed class InMemoryLoyaltyLedger : ILoyaltyLedger
{
    private readonly ConcurrentDictionary<string, int> _points = new();

    public Task AddPointsAsync(string customer, int points, CancellationToken cancellationToken = default)
    {
        _points.AddOrUpdate(customer, points, (_, sum) => sum + points);
        return Task.CompletedTask;
    }

    public Task<int> GetPointsAsync(string customer, CancellationToken cancellationToken = default)
        => Task.FromResult(_points.GetValueOrDefault(customer));
}

/// <summary>Writes audit entries to the log.</summary>
public sealed class LoggingAuditSink(ILogger<LoggingAuditSink> logger) : IAuditSink
{
    public Task AppendAsync(string entry)
    {
        logger.LogInformation("Audit: {Entry}", entry);
        return Task.CompletedTask;
    }
}
