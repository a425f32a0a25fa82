namespace Shop.Mail;

/// <summary>Sends a greeting to every subscriber whose birthday it is.</summary>
public sealed class BirthdayGreeter
{
    private readonly IMailServer _server;
    private readonly ISubscriberStore _subscribers;

    public BirthdayGreeter(IMailServer server, ISubscriberStore subscribers)
    {
        _server = server;
        _subscribers = subscribers;
    }

    public async Task<int> GreetAsync(CancellationToken cancellationToken)
    {
        var celebrating = await _subscribers.GetCelebratingAsync(cancellationToken);
        celebrating.Select(subscriber => GreetAsync(subscriber, cancellationToken));
        return celebrating.Count;
    }

    private Task GreetAsync(Subscriber subscriber, CancellationToken cancellationToken) =>
        _server.SendAsync(
            new Email(subscriber.Address, "Happy birthday!", $"All the best, {subscriber.Name}!"), cancellationToken);
}
