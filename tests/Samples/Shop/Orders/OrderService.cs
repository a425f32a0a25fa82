using Shop.Loyalty;
using Shop.Mail;

namespace Shop.Orders;

/// <summary>An accepted order, and the level it lifted the customer to.</summary>
public sealed record Receipt(string Number, int LoyaltyLevel);

/// <summary>Takes orders: queues them, confirms them by e-mail, books the customer's points.</summary>
public sealed class OrderService
{
    private readonly OrderQueue _queue;
    private readonly ConfirmationMailer _mailer;
    private readonly LoyaltyProgram _loyalty;
    private int _lastNumber;

    public OrderService(OrderQueue queue, ConfirmationMailer mailer, LoyaltyProgram loyalty)
    {
        _queue = queue;
        _mailer = mailer;
        _loyalty = loyalty;
    }

    public async Task<Receipt> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        var number = $"A-{Interlocked.Increment(ref _lastNumber):D5}";
        var order = new Order(number, request.Customer, request.Email, request.Total);
        await _queue.Writer.WriteAsync(order, cancellationToken);

        // The customer must not wait for the mail server.
        _ = _mailer.SendConfirmationAsync(order);

        var level = await _loyalty.BookAsync(order.Customer, order.Total, cancellationToken);
        return new Receipt(number, level);
    }
}
