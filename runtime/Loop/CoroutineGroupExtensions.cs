using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Extends <see cref="CoroutineGroup"/> where an overload of its own would be ambiguous.</summary>
public static class CoroutineGroupExtensions
{
    /// <summary>Hands a resource over, as <see cref="CoroutineGroup.Own"/> does.</summary>
    /// <param name="group">Disposes it.</param>
    /// <param name="resource">What to dispose.</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public static void Own(this CoroutineGroup group, IDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(resource);
        group.Own(new Synchronous(resource));
    }

    /// <summary>Disposes a resource that knows no other way.</summary>
    private sealed class Synchronous(IDisposable resource) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            resource.Dispose();
            return default;
        }
    }
}
