using Shop.Orders;

namespace Shop.Mail;

/// <summary>Confirms orders by e-mail.</summary>
public sealed class ConfirmationMailer
{
    private readonly IMailServer _server;
    private readonly ILogger<ConfirmationMailer> _logger;

    public ConfirmationMailer(IMailServer server, ILogger<ConfirmationMailer> logger)
    {
        _server = server;
        _logger = logger;
    }

    public async Task SendConfirmationAsync(Order order)
    {
        var text = $"Dear {order.Customer}, we received your order {order.Number} over {order.Total:0.00} EUR.";
        await _server.SendAsync(new Email(order.Email, $"Your order {order.Number}", text));
        _logger.LogInformation("Confirmation of {Number} sent", order.Number);
    }
}
