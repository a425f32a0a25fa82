using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Closes the async iterators that nobody has closed by the end of a run, the last one first.</summary>
internal sealed class LeftoverIterators
{
    private static readonly TimeSpan s_gracePeriod = TimeSpan.FromSeconds(5);

    private readonly List<IAsyncDisposable> _open = [];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _open.Count == 0;

    /// <summary>Keeps one.</summary>
    public void Add(IAsyncDisposable iterator) => _open.Add(iterator);

    /// <summary>Closes all; what one throws is reported, and the next one is closed.</summary>
    public async Coroutine CloseAllAsync()
    {
        while (_open.Count > 0)
        {
            var iterator = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            try
            {
                await Coroutine.ShieldAsync(_ => CloseAsync(iterator), s_gracePeriod);
            }
            catch (Exception exception)
            {
                UnobservedFailures.Report(handler: null, group: null, exception);
            }
        }
    }

    private static async Coroutine CloseAsync(IAsyncDisposable iterator) => await iterator.DisposeAsync();
}
