using System.Net.Http.Json;
using Shop.Audit;
using Shop.Prices;

namespace Shop.Scenarios;

/// <summary>What a slow or broken supplier does to the shop, and what is left of the audit.</summary>
internal static class PriceScenarios
{
    public static async Task<Observation> ThreadsHeldByQuotesAsync()
    {
        var supplier = new SlowSupplier();
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<ISupplier>(supplier));

        var held = 0;
        await Task.WhenAll(QuoteAsync(1), QuoteAsync(2), QuoteAsync(3), QuoteAsync(4), AnswerLateAsync());
        return new(held == 0, $"4 quotes wait for the supplier, {held} threads held");

        async Task QuoteAsync(int quantity) => await shop.Client.GetStringAsync($"/quotes/P1?quantity={quantity}");

        async Task AnswerLateAsync()
        {
            await supplier.Pricing.BegunAsync(4);
            await shop.AtRestAsync();
            held = shop.Requests.HeldThreads;
            supplier.Pricing.LetThrough();
        }
    }

    public static async Task<Observation> AuditAtShutdownAsync()
    {
        var sink = new SlowAuditSink();
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<IAuditSink>(sink));

        var written = 0;
        await Task.WhenAll(ChangeAsync(1), ChangeAsync(2), ChangeAsync(3), ChangeAsync(4), ChangeAsync(5), StopAsync());
        return new(written == 5, $"5 audit entries begun, {written} written when the host had stopped");

        async Task ChangeAsync(int price)
        {
            using var response = await shop.Client.PutAsJsonAsync($"/prices/P{price}", price);
            response.EnsureSuccessStatusCode();
        }

        async Task StopAsync()
        {
            await sink.Appending.BegunAsync(5);
            await shop.AtRestAsync();
            await using (shop.Stopping.Register(LetThroughIfAwaited))
            {
                await shop.StopAsync();
            }

            written = sink.Appending.Finished;
            sink.Appending.LetThrough();
        }

        void LetThroughIfAwaited()
        {
            if (shop.Requests.InFlight > 0)
            {
                sink.Appending.LetThrough();
            }
        }
    }

    public static async Task<Observation> InvalidationWhileSupplierIsDownAsync()
    {
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<ISupplier, BrokenSupplier>());

        using var response = await shop.Client.DeleteAsync("/prices/P1");
        await shop.AtRestAsync();
        return BrokenSupplier.Observe(shop, $"supplier down, response {(int)response.StatusCode}");
    }

    public static async Task<Observation> ReconnectWhileSupplierIsDownAsync()
    {
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<ISupplier, BrokenSupplier>());

        ((IConfigurationRoot)shop.Configuration).Reload();
        await shop.AtRestAsync();
        return BrokenSupplier.Observe(shop, "configuration changed, supplier down");
    }

    /// <summary>Answers when it is let.</summary>
    private sealed class SlowSupplier : ISupplier
    {
        public SlowCall Pricing { get; } = new();

        public async Task<decimal> GetPriceAsync(string sku, CancellationToken cancellationToken = default)
        {
            await Pricing.PassAsync();
            return 9.90m;
        }

        public Task RequestPriceAsync(string sku) => Task.CompletedTask;

        public Task ReconnectAsync() => Task.CompletedTask;
    }

    /// <summary>Cannot be reached.</summary>
    private sealed class BrokenSupplier : ISupplier
    {
        private const string Complaint = "no route to supplier";

        public static Observation Observe(RunningShop shop, string situation)
        {
            var seen = shop.Trouble.Mentions(Complaint);
            return new(seen, $"{situation}, error seen: {(seen ? "yes" : "no")}");
        }

        public async Task<decimal> GetPriceAsync(string sku, CancellationToken cancellationToken = default)
        {
            await RequestPriceAsync(sku);
            return 0;
        }

        public async Task RequestPriceAsync(string sku)
        {
            await Task.Yield();
            throw new IOException(Complaint);
        }

        public Task ReconnectAsync() => RequestPriceAsync("");
    }

    /// <summary>Appends when it is let.</summary>
    private sealed class SlowAuditSink : IAuditSink
    {
        public SlowCall Appending { get; } = new();

        public Task AppendAsync(string entry) => Appending.PassAsync();
    }
}
