using System.Net.Http.Json;
using Shop.Loyalty;
using Shop.Mail;

namespace Shop.Scenarios;

/// <summary>What customers are told of their points.</summary>
internal static class LoyaltyScenarios
{
    public static async Task<Observation> StatementAsync()
    {
        var server = new MailBox();
        await using var shop = await RunningShop.StartAsync(services => services.AddSingleton<IMailServer>(server));
        await shop.Services.GetRequiredService<ILoyaltyLedger>().AddPointsAsync("Ada", 5000);

        var request = new StatementRequest("Ada", "ada@example.org");
        using var response = await shop.Client.PostAsJsonAsync("/loyalty/statements", request);
        response.EnsureSuccessStatusCode();
        return new(server.Text == "You have 5000 points", $"5000 points booked, the e-mail says: {server.Text}");
    }

    /// <summary>Keeps the last e-mail.</summary>
    private sealed class MailBox : IMailServer
    {
        public string? Text { get; private set; }

        public Task SendAsync(Email email, CancellationToken cancellationToken = default)
        {
            Text = email.Text;
            return Task.CompletedTask;
        }
    }
}
