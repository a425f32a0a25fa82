using System.Net.Http.Json;
using Shop.Catalog;
using Shop.Mail;
using Shop.Prices;
using Shop.Stock;

namespace Shop.Scenarios;

/// <summary>How many calls the shop throws at its neighbours at once.</summary>
internal static class BurstScenarios
{
    private const int Acceptable = 100;

    public static async Task<Observation> NewsletterAsync()
    {
        var server = new SlowMailServer();
        await using var shop = await RunningShop.StartAsync(services => services
            .AddSingleton<IMailServer>(server)
            .AddSingleton<ISubscriberStore>(new ManySubscribers(500)));

        await Task.WhenAll(SendAsync(), server.Sending.AnswerAsync(shop));
        return new(server.Sending.Peak <= Acceptable, $"500 e-mails, peak {server.Sending.Peak} at once");

        async Task SendAsync()
        {
            var issue = new NewsletterIssue("Sale", "50 % off!");
            using var response = await shop.Client.PostAsJsonAsync("/newsletter", issue);
            response.EnsureSuccessStatusCode();
        }
    }

    public static async Task<Observation> PriceRefreshAsync()
    {
        var supplier = new SlowSupplier();
        await using var shop = await RunningShop.StartAsync(services => services
            .AddSingleton<ISupplier>(supplier)
            .AddSingleton<IProductCatalog>(new ManyProducts(300)));

        await supplier.Pricing.AnswerAsync(shop);
        await shop.AtRestAsync();
        return new(supplier.Pricing.Peak <= Acceptable, $"300 prices, peak {supplier.Pricing.Peak} at once");
    }

    public static async Task<Observation> PicturesAsync()
    {
        var server = new SlowPictureServer();
        await using var shop = await RunningShop.StartAsync(services => services
            .AddSingleton<IPictureServer>(server)
            .AddSingleton<IProductCatalog>(new ManyProducts(120)));

        var loaded = 0;
        shop.Requests.Answering = () => loaded = server.Downloading.Finished;
        await Task.WhenAll(LoadAsync(), server.Downloading.AnswerAsync(shop));
        await shop.AtRestAsync();
        return new(
            server.Downloading.Peak <= Acceptable && loaded == 120,
            $"120 pictures, peak {server.Downloading.Peak} at once, {loaded} there when the request was answered");

        async Task LoadAsync()
        {
            using var response = await shop.Client.PostAsync("/catalog/pictures", content: null);
            response.EnsureSuccessStatusCode();
        }
    }

    public static async Task<Observation> StockTakingAsync()
    {
        var store = new SlowStockStore();
        await using var shop = await RunningShop.StartAsync(services => services.AddSingleton<IStockStore>(store));

        var booked = 0;
        shop.Requests.Answering = () => booked = store.Booking.Finished;
        await Task.WhenAll(BookAsync(), store.Booking.AnswerAsync(shop));
        await shop.AtRestAsync();
        return new(
            store.Booking.Peak <= Acceptable && booked == 150,
            $"150 counts, peak {store.Booking.Peak} at once, {booked} booked when the request was answered");

        async Task BookAsync()
        {
            var counts = Enumerable.Range(1, 150).Select(n => new StockCount($"P{n}", n));
            using var response = await shop.Client.PostAsJsonAsync("/stock/counts", counts);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Answers when no further call comes without an answer.</summary>
    private static async Task AnswerAsync(this SlowCall call, RunningShop shop)
    {
        await call.BegunAsync(8);
        await shop.AtRestAsync();
        call.LetThrough();
    }

    /// <summary>Sends when it is let.</summary>
    private sealed class SlowMailServer : IMailServer
    {
        public SlowCall Sending { get; } = new();

        public Task SendAsync(Email email, CancellationToken cancellationToken = default) => Sending.PassAsync();
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

    /// <summary>Sends pictures when it is let.</summary>
    private sealed class SlowPictureServer : IPictureServer
    {
        public SlowCall Downloading { get; } = new();

        public async Task<byte[]> DownloadAsync(string url, CancellationToken cancellationToken = default)
        {
            await Downloading.PassAsync();
            return [0xFF];
        }
    }

    /// <summary>Books counts when it is let.</summary>
    private sealed class SlowStockStore : IStockStore
    {
        public SlowCall Booking { get; } = new();

        public Task BeginCountAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SetAsync(string sku, int quantity, CancellationToken cancellationToken = default)
            => Booking.PassAsync();
    }

    /// <summary>A success of a newsletter.</summary>
    private sealed class ManySubscribers(int count) : ISubscriberStore
    {
        public Task<IReadOnlyList<Subscriber>> GetAllAsync(CancellationToken cancellationToken = default)
            => Task.FromResult<IReadOnlyList<Subscriber>>(
                [.. Enumerable.Range(1, count).Select(n => new Subscriber($"Reader {n}", $"reader{n}@example.org"))]);

        public Task<IReadOnlyList<Subscriber>> GetCelebratingAsync(CancellationToken cancellationToken = default)
            => GetAllAsync(cancellationToken);
    }

    /// <summary>A shop with something in it.</summary>
    private sealed class ManyProducts(int count) : IProductCatalog
    {
        public Task<IReadOnlyList<Product>> GetAllAsync(CancellationToken cancellationToken = default)
            => Task.FromResult<IReadOnlyList<Product>>(
                [.. Enumerable.Range(1, count).Select(n => new Product($"P{n}", $"Product {n}", $"/pictures/{n}"))]);

        public Task AddAsync(Product product, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SetPictureAsync(string sku, byte[] picture, CancellationToken cancellationToken = default)
            => Task.CompletedTask;
    }
}
