namespace Shop.Scenarios;

/// <summary>
/// A call to somebody else's service that takes until it is let through, and knows how many were inside at once.
/// </summary>
internal sealed class SlowCall
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _begun;
    private int _inside;

    public int Finished { get; private set; }

    public int Peak { get; private set; }

    public async Task PassAsync()
    {
        Enter();
        await _gate.Task;
        Leave();
    }

    public void LetThrough() => _gate.TrySetResult();

    /// <summary>Ends when this many calls have begun.</summary>
    public Task BegunAsync(int count)
    {
        lock (_lock)
        {
            if (_begun >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            _begun++;
            Peak = Math.Max(Peak, ++_inside);
            foreach (var (_, reached) in _waiting.FindAll(waiting => waiting.Count <= _begun))
            {
                reached.TrySetResult();
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Finished++;
        }
    }
}
