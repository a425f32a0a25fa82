using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Shop.Catalog;
using Shop.Labels;
using Shop.Mail;
using Shop.Warehouse;

namespace Shop.Scenarios;

/// <summary>What becomes of work that holds its thread, runs never, or runs twice.</summary>
internal static class ColdScenarios
{
    public static async Task<Observation> ReviewAsync()
    {
        await using var shop = await RunningShop.StartAsync();
        await shop.Services.GetRequiredService<IProductCatalog>().AddAsync(new Product("P1", "Hat", null));

        using var review = new StringContent("It suits my dog.");
        using var response = await shop.Client.PostAsync("/catalog/reviews/P1", review);
        var status = (int)response.StatusCode;
        return new(status == 204, $"a review of 4 words, response {status}");
    }

    public static async Task<Observation> RestockedAsync()
    {
        var server = new CountingMailServer();
        await using var shop = await RunningShop.StartAsync(services => services.AddSingleton<IMailServer>(server));

        using var response = await shop.Client.PostAsync("/newsletter/restocked/P1", content: null);
        response.EnsureSuccessStatusCode();
        await shop.AtRestAsync();
        return new(server.Sent == 2, $"2 customers waited, {server.Sent} e-mails sent");
    }

    public static async Task<Observation> ReservationAsync()
    {
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<IShelf>(new PooledShelf()));

        using var response = await shop.Client.PostAsync("/reservations/P1", content: null);
        var status = (int)response.StatusCode;
        return new(status == 200, $"3 on the shelf, one reserved, response {status}");
    }

    public static async Task<Observation> LabelsAsync()
    {
        var port = new CountingPort();
        await using var shop = await RunningShop.StartAsync(services => services.AddSingleton<IPrinterPort>(port));

        using var response = await shop.Client.PostAsJsonAsync("/labels", new[] { "P1", "P2", "P3" });
        response.EnsureSuccessStatusCode();
        return new(port.Pages == 3, $"3 labels ordered, {port.Pages} printed");
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

    /// <summary>Answers with value tasks that are used again for the next answer.</summary>
    private sealed class PooledShelf : IShelf
    {
        private int _left = 3;

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public async ValueTask<int> TakeAsync(string sku)
        {
            await Task.Yield();
            return Interlocked.Decrement(ref _left);
        }
    }

    /// <summary>Counts the pages that come out.</summary>
    private sealed class CountingPort : IPrinterPort
    {
        public int Pages { get; private set; }

        public void Write(string text) => Pages += text == "\f" ? 1 : 0;
    }
}
