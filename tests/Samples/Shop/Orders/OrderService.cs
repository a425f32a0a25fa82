using Shop.Loyalty;
using Shop.Mail;

namespace Shop.Orders;

/// <summary>Takes orders: queues them, confirms them by e-mail, books the customer's points.</summary>
public sealed class OrderService
{
    private readonly OrderQueue _queue;
    private readonly ConfirmationMailer _mailer;
    private readonly ILoyaltyLedger? _loyalty;
    private int _lastNumber;

    public OrderService(OrderQueue queue, ConfirmationMailer mailer, ILoyaltyLedger? loyalty = null)
    {
        _queue = queue;
        _mailer = mailer;
        _loyalty = loyalty;
    }

    public async Task<Order> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        var number = $"A-{Interlocked.Increment(ref _lastNumber):D5}";
        var order = new Order(number, request.Customer, request.Email, request.Total);
        await _queue.Writer.WriteAsync(order, cancellationToken);

        // The customer must not wait for the mail server.
        _ = _mailer.SendConfirmationAsync(order);
        return order;
    }

    public async Task<int> BookPointsAsync(Order order, CancellationToken cancellationToken)
    {
        var points = (int)order.Total;
        _loyalty?.AddPointsAsync(order.Customer, points, cancellationToken);
        return _loyalty is null ? 0 : await _loyalty.GetLevelAsync(order.Customer, cancellationToken);
    }
}
