namespace Shop.Orders;

/// <summary>Stores the queued orders, many at a time.</summary>
public sealed class OrderWorker : BackgroundService
{
    private readonly OrderQueue _queue;
    private readonly IOrderStore _store;
    private readonly ILogger<OrderWorker> _logger;

    public OrderWorker(OrderQueue queue, IOrderStore store, ILogger<OrderWorker> logger)
    {
        _queue = queue;
        _store = store;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var order in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            _ = FulfilAsync(order);
        }
    }

    private async Task FulfilAsync(Order order)
    {
        await _store.SaveAsync(order);
        _logger.LogInformation("Order {Number} of {Customer} stored", order.Number, order.Customer);
    }
}
