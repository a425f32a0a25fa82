using System.Net.Http.Json;
using Shop.Loyalty;
using Shop.Mail;
using Shop.Orders;

namespace Shop.Scenarios;

/// <summary>What becomes of orders, their confirmations and their points.</summary>
internal static class OrderScenarios
{
    public static async Task<Observation> OrdersAtShutdownAsync()
    {
        var store = new SlowOrderStore();
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<IOrderStore>(store));

        for (var i = 1; i <= 3; i++)
        {
            using var response = await PlaceAsync(shop, 100);
        }

        await store.Saving.BegunAsync(3);
        var stored = 0;
        await Task.WhenAll(StopAsync(), AnswerLateAsync());
        return new(stored == 3, $"3 orders accepted, {stored} stored when the host had stopped");

        async Task StopAsync()
        {
            await shop.StopAsync();
            stored = store.Saving.Finished;
        }

        async Task AnswerLateAsync()
        {
            await shop.WorkersStopping;
            await shop.AtRestAsync();
            store.Saving.LetThrough();
        }
    }

    public static async Task<Observation> ConfirmationWhileMailIsDownAsync()
    {
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<IMailServer, BrokenMailServer>());

        using var response = await PlaceAsync(shop, 100);
        await shop.AtRestAsync();
        var seen = shop.Trouble.Mentions(BrokenMailServer.Complaint);
        return new(seen, $"mail server down, response {(int)response.StatusCode}, error seen: {(seen ? "yes" : "no")}");
    }

    public static async Task<Observation> PointsInTheAnswerAsync()
    {
        var ledger = new SlowLoyaltyLedger();
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<ILoyaltyLedger>(ledger));

        var level = 0;
        await Task.WhenAll(OrderAsync(), AnswerLateAsync());
        return new(level == 5, $"an order worth level 5, answered with level {level}");

        async Task OrderAsync()
        {
            using var response = await PlaceAsync(shop, 5000);
            var receipt = await response.Content.ReadFromJsonAsync<Receipt>();
            level = receipt?.LoyaltyLevel ?? 0;
        }

        async Task AnswerLateAsync()
        {
            await ledger.Adding.BegunAsync(1);
            await shop.AtRestAsync();
            ledger.Adding.LetThrough();
        }
    }

    private static async Task<HttpResponseMessage> PlaceAsync(RunningShop shop, decimal total)
    {
        var request = new OrderRequest("Ada", "ada@example.org", total);
        var response = await shop.Client.PostAsJsonAsync("/orders", request);
        return response.EnsureSuccessStatusCode();
    }

    /// <summary>Saves when it is let.</summary>
    private sealed class SlowOrderStore : IOrderStore
    {
        public SlowCall Saving { get; } = new();

        public Task SaveAsync(Order order) => Saving.PassAsync();
    }

    /// <summary>Refuses every e-mail, after a while.</summary>
    private sealed class BrokenMailServer : IMailServer
    {
        public const string Complaint = "450 mailbox unavailable";

        public async Task SendAsync(Email email, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            throw new IOException(Complaint);
        }
    }

    /// <summary>Books when it is let.</summary>
    private sealed class SlowLoyaltyLedger : ILoyaltyLedger
    {
        private int _points;

        public SlowCall Adding { get; } = new();

        public async Task AddPointsAsync(string customer, int points, CancellationToken cancellationToken = default)
        {
            await Adding.PassAsync();
            Interlocked.Add(ref _points, points);
        }

        public Task<int> GetPointsAsync(string customer, CancellationToken cancellationToken = default)
            => Task.FromResult(Volatile.Read(ref _points));
    }
}
