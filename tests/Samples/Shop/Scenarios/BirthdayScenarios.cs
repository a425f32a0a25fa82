using Shop.Mail;

namespace Shop.Scenarios;

/// <summary>What becomes of greetings that the shop says it has sent.</summary>
internal static class BirthdayScenarios
{
    public static async Task<Observation> GreetingsAsync()
    {
        var server = new CountingMailServer();
        await using var shop = await RunningShop.StartAsync(services => services.AddSingleton<IMailServer>(server));

        using var response = await shop.Client.PostAsync("/newsletter/birthdays", content: null);
        response.EnsureSuccessStatusCode();
        await shop.AtRestAsync();
        return new(server.Sent == 2, $"2 birthdays, {server.Sent} greetings sent");
    }

    /// <summary>Counts what it is asked to send.</summary>
    private sealed class CountingMailServer : IMailServer
    {
        private int _sent;

        public int Sent => Volatile.Read(ref _sent);

        public Task SendAsync(Email email, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _sent);
            return Task.CompletedTask;
        }
    }
}
