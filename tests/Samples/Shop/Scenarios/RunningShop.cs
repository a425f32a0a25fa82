namespace Shop.Scenarios;

/// <summary>The real shop on a port of its own, with some of its neighbours replaced.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TextWriter _standardError;
    private readonly TaskCompletionSource _workersStopping;

    private RunningShop(WebApplication app, Trouble trouble, TaskCompletionSource workersStopping)
    {
        _app = app;
        _workersStopping = workersStopping;
        _standardError = Console.Error;
        Trouble = trouble;
        Console.SetError(trouble);
        app.Use(next => context => Requests.FollowAsync(context, next));
    }

    public Requests Requests { get; } = new();

    public Trouble Trouble { get; }

    public HttpClient Client { get; } = new();

    public IConfiguration Configuration => _app.Configuration;

    public IServiceProvider Services => _app.Services;

    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>Ends when the server has stopped and the workers are about to be.</summary>
    public Task WorkersStopping => _workersStopping.Task;

    public static async Task<RunningShop> StartAsync(Action<IServiceCollection>? replace = null)
    {
        var trouble = new Trouble();
        var workersStopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var app = ShopHost.Build(["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(trouble);
            replace?.Invoke(builder.Services);
            builder.Services.AddHostedService(_ => new StopSignal(workersStopping));
        });

        var shop = new RunningShop(app, trouble, workersStopping);
        await app.StartAsync();
        shop.Client.BaseAddress = new Uri(app.Urls.Single());
        return shop;
    }

    /// <summary>
    /// Ends when nothing runs on the thread pool any more, and nothing is queued there: whoever is not done by then
    /// waits for something that the scenario holds back.
    /// </summary>
    public Task AtRestAsync() => Task.Factory.StartNew(
        WaitForRest, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Console.SetError(_standardError);
    }

    private void WaitForRest()
    {
        var spin = new SpinWait();
        for (var quiet = 0; quiet < 10; quiet = IsAtRest() ? quiet + 1 : 0)
        {
            spin.SpinOnce();
        }
    }

    private bool IsAtRest()
    {
        ThreadPool.GetMaxThreads(out var all, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return all - free == Requests.HeldThreads && ThreadPool.PendingWorkItemCount == 0;
    }

    /// <summary>Registered last, so the first of the hosted services to stop after the server.</summary>
    private sealed class StopSignal(TaskCompletionSource signal) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            signal.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
