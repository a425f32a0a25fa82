namespace Gallery;

internal sealed record Order(int Id);

/// <summary>Work that takes a moment, and a count of what was done.</summary>
internal sealed class Shop
{
    private readonly List<Task> _work = new();
    private int _sent;
    private int _stored;

    public event Action? Opened;

    public event Func<Task>? Closing;

    public int Sent => _sent;

    public int Stored => _stored;

    public void Open(Action welcome)
    {
        Opened?.Invoke();
        welcome();
    }

    public async Task CloseAsync()
    {
        if (Closing != null)
        {
            await Closing(); // SCOPE112
        }
    }

    // Not async itself: only then the compiler has nothing to say where the task is dropped.
    public Task SendAsync(Order order) => Keep(WorkAsync(() => Interlocked.Increment(ref _sent)));

    public Task StoreAsync(Order order) => Keep(WorkAsync(() => Interlocked.Increment(ref _stored)));

    public Task ShipAsync(Order order, CancellationToken cancellationToken) =>
        Keep(WorkAsync(() => cancellationToken.ThrowIfCancellationRequested()));

    public async Task WrapAsync(Order order) => await StoreAsync(order);

    public Task<int> QuoteAsync(Order order, CancellationToken cancellationToken) =>
        Task.Run(() => order.Id * 10, cancellationToken);

    public Task<int> PriceAsync(Order order) => Task.FromResult(order.Id * 10);

    public ValueTask<int> CountAsync() => new(_stored);

    public async IAsyncEnumerable<Order> ReadAsync()
    {
        await Task.Yield();
        yield return new Order(4);
    }

    /// <summary>Waits for what the mistakes left behind, so that the program can end.</summary>
    public async Task SettleAsync()
    {
        Task[] work;
        lock (_work)
        {
            work = _work.ToArray();
        }

        await Task.WhenAll(work);
    }

    private Task Keep(Task task)
    {
        lock (_work)
        {
            _work.Add(task);
        }

        return task;
    }

    private static async Task WorkAsync(Action done)
    {
        await Task.Yield();
        done();
    }
}
