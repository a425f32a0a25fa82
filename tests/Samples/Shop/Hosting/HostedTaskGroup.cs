using ScopedTasks;

namespace Shop.Hosting;

/// <summary>Owns a task group for as long as the host runs: work that outlives a request, not the app.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Shutdown waits for the work. When the host's <c>ShutdownTimeout</c> is over, the work is cancelled and
/// waited for: let it take its token.</item>
/// <item>Failure: the first child that fails cancels the others and stops the app, and comes out of the host's
/// <c>RunAsync</c>. A supervised group logs failures and goes on.</item>
/// <item>Services stop in reverse order: register the group before whoever uses it.</item>
/// </list>
/// </remarks>
public sealed class HostedTaskGroup : IHostedService
{
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<HostedTaskGroup> _logger;
    private readonly TaskGroup _group;
    private int _stopped;

    public HostedTaskGroup(
        TaskGroupOptions options, IHostApplicationLifetime lifetime, ILogger<HostedTaskGroup> logger)
    {
        _lifetime = lifetime;
        _logger = logger;
        options.OnUnobservedException ??= LogFailure;
        _group = TaskGroup.Open(options);
    }

    /// <summary>Starts work; when the group is full it queues.</summary>
    public void Spawn(Func<CancellationToken, Task> work, string? name = null) => _group.Spawn(work, name);

    /// <summary>Starts work once there is a place for it: whoever brings in too much is slowed down.</summary>
    public ValueTask SpawnAsync(Func<CancellationToken, Task> work, string? name = null)
        => _group.SpawnAsync(work, name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _group.CancellationToken.Register(StopApp);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        await using (cancellationToken.Register(CancelWork))
        {
            await _group.CompleteAsync();
        }
    }

    /// <summary>Nobody but a failure cancels the group before the host stops.</summary>
    private void StopApp()
    {
        if (Volatile.Read(ref _stopped) == 0)
        {
            _logger.LogCritical("Background work of {Group} failed, the app stops", _group.Name);
            _lifetime.StopApplication();
        }
    }

    private void CancelWork()
    {
        _logger.LogWarning("No time is left for background work, it is cancelled:\n{Tree}", TaskGroup.DumpTree());
        _group.Cancel("The host's shutdown timeout is over.");
    }

    private void LogFailure(string? group, Exception exception)
        => _logger.LogError(exception, "Background work of {Group} failed", group);
}
