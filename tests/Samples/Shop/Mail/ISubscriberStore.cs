namespace Shop.Mail;

/// <summary>Someone who wants the newsletter.</summary>
public sealed record Subscriber(string Name, string Address);

/// <summary>Knows who wants the newsletter.</summary>
public interface ISubscriberStore
{
    Task<IReadOnlyList<Subscriber>> GetAllAsync(CancellationToken cancellationToken = default);

    Task<IReadOnlyList<Subscriber>> GetCelebratingAsync(CancellationToken cancellationToken = default);
}
