using System.Net.Http.Json;
using ScopedTasks;
using Shop.Hosting;
using Shop.Mail;
using Shop.Prices;

namespace Shop.Scenarios;

/// <summary>What the right forms do: groups that live as long as the host, or as a request.</summary>
internal static class HostingProofs
{
    public static async Task<Observation> WelcomesAtShutdownAsync()
    {
        var server = new SlowMailServer();
        await using var shop = await RunningShop.StartAsync(services => services.AddSingleton<IMailServer>(server));
        await WelcomeAsync(shop, 3);

        var sent = 0;
        await TaskGroup.WhenAllAsync(_ => StopAsync(), _ => AnswerLateAsync());
        return new(sent == 3, $"3 welcomes accepted, {sent} sent when the host had stopped");

        async Task StopAsync()
        {
            await shop.StopAsync();
            sent = server.Sending.Finished;
        }

        async Task AnswerLateAsync()
        {
            await shop.WorkersStopping;
            await shop.AtRestAsync();
            server.Sending.LetThrough();
        }
    }

    public static async Task<Observation> WelcomesAtTheShutdownTimeoutAsync()
    {
        var server = new SilentMailServer();
        await using var shop = await RunningShop.StartAsync(services => services
            .AddSingleton<IMailServer>(server)
            .Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50)));
        await WelcomeAsync(shop, 1);

        await shop.StopAsync();
        var told = shop.Trouble.Mentions("'welcome': running");
        return new(
            server.Cancelled == 1 && told,
            $"1 welcome without an answer, {server.Cancelled} cancelled, told which: {(told ? "yes" : "no")}");
    }

    public static async Task<Observation> SupervisedFailureAsync()
    {
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<IMailServer, DownMailServer>());
        await WelcomeAsync(shop, 1);
        await shop.AtRestAsync();
        var seen = shop.Trouble.Mentions(DownMailServer.Complaint);
        var runs = !shop.Stopping.IsCancellationRequested;
        return new(
            seen && runs,
            $"mail server down, error seen: {(seen ? "yes" : "no")}, app runs: {(runs ? "yes" : "no")}");
    }

    public static async Task<Observation> UnexpectedFailureAsync()
    {
        await using var shop = await RunningShop.StartAsync(services => services.AddTaskGroup("guard"));
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shop.Stopping.Register(stopping.SetResult);
        shop.Services.GetRequiredKeyedService<HostedTaskGroup>("guard")
            .Spawn(_ => throw new InvalidOperationException("broken invariant"));

        await stopping.Task;
        try
        {
            await shop.StopAsync();
            return new(false, "work of the app failed, the host stopped as if nothing had happened");
        }
        catch (InvalidOperationException exception)
        {
            return new(true, $"work of the app failed, the host stopped with: {exception.Message}");
        }
    }

    public static async Task<Observation> OffersForWhoHangsUpAsync()
    {
        var supplier = new SilentSupplier();
        await using var shop = await RunningShop.StartAsync(services => services.AddSingleton<ISupplier>(supplier));
        using var patience = new CancellationTokenSource();
        await TaskGroup.WhenAllAsync(_ => AskAsync(), _ => HangUpAsync());
        return new(true, "3 prices asked for, the customer hung up, 3 questions cancelled");

        async Task AskAsync()
        {
            try
            {
                using var offers = await shop.Client.GetAsync("/offers?sku=a&sku=b&sku=c", patience.Token);
            }
            catch (OperationCanceledException)
            {
                // It is the customer who hung up.
            }
        }

        async Task HangUpAsync()
        {
            await supplier.AllAsked;
            await patience.CancelAsync();
            await supplier.AllCancelled;
        }
    }

    private static Task WelcomeAsync(RunningShop shop, int count) => TaskGroup.ForEachAsync(
        Enumerable.Range(1, count),
        async (n, token) =>
        {
            var subscriber = new Subscriber($"Reader {n}", $"reader{n}@example.org");
            using var response = await shop.Client.PostAsJsonAsync("/subscribers", subscriber, token);
            response.EnsureSuccessStatusCode();
        },
        maxConcurrency: 1);

    /// <summary>Sends when it is let.</summary>
    private sealed class SlowMailServer : IMailServer
    {
        public SlowCall Sending { get; } = new();

        public Task SendAsync(Email email, CancellationToken cancellationToken = default) => Sending.PassAsync();
    }

    /// <summary>Never answers.</summary>
    private sealed class SilentMailServer : IMailServer
    {
        private int _cancelled;

        public int Cancelled => Volatile.Read(ref _cancelled);

        public async Task SendAsync(Email email, CancellationToken cancellationToken = default)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref _cancelled);
            }
        }
    }

    /// <summary>Refuses every e-mail.</summary>
    private sealed class DownMailServer : IMailServer
    {
        public const string Complaint = "421 service not available";

        public Task SendAsync(Email email, CancellationToken cancellationToken = default)
            => Task.FromException(new IOException(Complaint));
    }

    /// <summary>Never answers three questions.</summary>
    private sealed class SilentSupplier : ISupplier
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _questions;
        private int _cancellations;

        public Task AllAsked => _asked.Task;

        public Task AllCancelled => _cancelled.Task;

        public async Task<decimal> GetPriceAsync(string sku, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _questions) == 3)
            {
                _asked.SetResult();
            }

            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return 0;
            }
            finally
            {
                if (Interlocked.Increment(ref _cancellations) == 3)
                {
                    _cancelled.SetResult();
                }
            }
        }

        public Task RequestPriceAsync(string sku) => Task.CompletedTask;

        public Task ReconnectAsync() => Task.CompletedTask;
    }
}
