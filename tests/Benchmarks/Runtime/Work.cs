using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>The bodies that are started, by hand and by the runtime alike.</summary>
internal static class Work
{
    public static async Task OnceAsync(CancellationToken cancellationToken) => await Task.Yield();

    public static async Task<int> ValueAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return 1;
    }

    public static async Task FailAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        throw new InvalidOperationException();
    }

    public static Task SleepAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken);

    public static async Task ItemAsync(int item, CancellationToken cancellationToken) => await Task.Yield();

    public static async Task<int> ItemValueAsync(int item, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return item;
    }
}
