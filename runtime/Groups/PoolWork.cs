using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Runs synchronous work on the thread pool, and ends as an async method with that body would.</summary>
internal sealed class PoolWork<T>
{
    private readonly Func<CancellationToken, T> _work;

    public PoolWork(Func<CancellationToken, T> work) => _work = work;

    public PoolWork(Action<CancellationToken> work) =>
        _work = token =>
        {
            work(token);
            return default!;
        };

    /// <summary>Queues the work; it starts even under a cancelled token.</summary>
    public Task<T> StartAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Complete(cancellationToken), CancellationToken.None);

    private Task<T> Complete(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(_work(cancellationToken));
        }
        catch (Exception exception)
        {
            return Invocation.Failed<T>(exception);
        }
    }
}
