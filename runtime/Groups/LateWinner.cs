using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Disposes a value that came when the race was won already.</summary>
internal static class LateWinner
{
    /// <summary>Asynchronously, if it can be; does nothing with values that need no disposal.</summary>
    public static async Task DisposeAsync(object? value)
    {
        if (value is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else if (value is IDisposable synchronous)
            synchronous.Dispose();
    }
}
