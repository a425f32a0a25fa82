namespace Shop.Mail;

/// <summary>One issue of the newsletter.</summary>
public sealed record NewsletterIssue(string Subject, string Text);

/// <summary>Sends an issue to every subscriber.</summary>
public sealed class NewsletterSender
{
    private readonly IMailServer _server;
    private readonly ISubscriberStore _subscribers;

    public NewsletterSender(IMailServer server, ISubscriberStore subscribers)
    {
        _server = server;
        _subscribers = subscribers;
    }

    public async Task<int> SendAsync(NewsletterIssue issue, CancellationToken cancellationToken)
    {
        var subscribers = await _subscribers.GetAllAsync(cancellationToken);

        var sends = new List<Task>();
        foreach (var subscriber in subscribers)
        {
            sends.Add(SendToAsync(subscriber, issue, cancellationToken));
        }

        await Task.WhenAll(sends);
        return subscribers.Count;
    }

    private async Task SendToAsync(Subscriber subscriber, NewsletterIssue issue, CancellationToken cancellationToken)
    {
        var text = $"Hello {subscriber.Name}!\n\n{issue.Text}";
        await _server.SendAsync(new Email(subscriber.Address, issue.Subject, text), cancellationToken);
    }
}
