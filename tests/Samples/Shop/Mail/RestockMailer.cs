namespace Shop.Mail;

/// <summary>Tells who waited for a product that it is there again.</summary>
public sealed class RestockMailer
{
    private const int FirstInLine = 20;

    private readonly IMailServer _server;
    private readonly ISubscriberStore _subscribers;

    public RestockMailer(IMailServer server, ISubscriberStore subscribers)
    {
        _server = server;
        _subscribers = subscribers;
    }

    public async Task<int> TellAsync(string sku, CancellationToken cancellationToken)
    {
        var waiting = await _subscribers.GetAllAsync(cancellationToken);
        var sending = waiting.Take(FirstInLine).Select(subscriber => TellAsync(subscriber, sku, cancellationToken));
        await Task.WhenAll(sending);
        return sending.Count(task => task.IsCompletedSuccessfully);
    }

    private Task TellAsync(Subscriber subscriber, string sku, CancellationToken cancellationToken) =>
        _server.SendAsync(
            new Email(subscriber.Address, $"{sku} is here", $"{subscriber.Name}, it is yours."), cancellationToken);
}
