using Shop.Hosting;

namespace Shop.Mail;

/// <summary>The route for new subscribers: they are welcomed by e-mail, and do not wait for the mail server.</summary>
public static class WelcomeEndpoints
{
    /// <summary>The group that sends: it lives as long as the host.</summary>
    public const string Group = "mail";

    public static void MapWelcome(this WebApplication app) => app.MapPost("/subscribers", WelcomeAsync);

    private static async Task<IResult> WelcomeAsync(
        Subscriber subscriber, IMailServer server, [FromKeyedServices(Group)] HostedTaskGroup mails)
    {
        var email = new Email(subscriber.Address, "Welcome", $"Hello {subscriber.Name}!");
        await mails.SpawnAsync(token => server.SendAsync(email, token), "welcome");
        return Results.Accepted();
    }
}
