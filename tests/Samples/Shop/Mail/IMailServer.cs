namespace Shop.Mail;

/// <summary>One e-mail.</summary>
public sealed record Email(string To, string Subject, string Text);

/// <summary>The mail provider: slow, and down from time to time.</summary>
public interface IMailServer
{
    Task SendAsync(Email email, CancellationToken cancellationToken = default);
}
