using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace ScopedTasks;

/// <summary>Decides when the next item of a sequence is taken and started: the body of a group over items.</summary>
/// <remarks>
/// One item after another, on the caller's context. The feeder waits for a place before it takes an item, so what
/// it has taken is always started.
/// </remarks>
internal sealed class ItemFeeder<T>(
    TaskGroup group,
    Func<T, CancellationToken, Task> body,
    IItemResults? results) : IValueTaskSource
{
    private readonly ConcurrentStack<ItemWatcher<T>> _idle = new();
    private readonly CancellationToken _token = group.CancellationToken;
    private int _free = group.Options.MaxConcurrency == -1 ? int.MaxValue : group.Options.MaxConcurrency;
    private ManualResetValueTaskSourceCore<Unit> _placeFreed;

    /// <summary>Feeds all items, and ends when the last one has been started.</summary>
    public async Task RunAsync(Func<CancellationToken, ItemSource<T>> open)
    {
        var source = open(_token);
        await using (source)
        {
            var hasPlace = false;
            for (var index = 0; ; index++)
            {
                if (!hasPlace)
                    await TakePlaceAsync();
                if (_token.IsCancellationRequested)
                {
                    if (!source.IsExhausted)
                        group.MarkCutShort();
                    return;
                }
                if (!await source.MoveNextAsync())
                    return;
                hasPlace = Start(source.Current, index);
            }
        }
    }

    /// <summary>Gives a place back when an item has ended, and its watcher for the next one.</summary>
    public void OnItemEnded(ItemWatcher<T> watcher)
    {
        _idle.Push(watcher);
        group.LeaveChild();
        // Below zero the feeder waits: the place is his, and nobody else's.
        if (Interlocked.Increment(ref _free) <= 0)
            _placeFreed.SetResult(default);
    }

    /// <summary>Decides what the end of an item's work means.</summary>
    public void Judge(Task task, int index)
    {
        if (task.IsCompletedSuccessfully)
            results?.Set(index, task);
        else
            group.Judge(task, isBody: false);
    }

    void IValueTaskSource.GetResult(short token) => _placeFreed.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _placeFreed.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) =>
        _placeFreed.OnCompleted(continuation, state, token, flags);

    private ValueTask TakePlaceAsync()
    {
        _placeFreed.Reset();
        return Interlocked.Decrement(ref _free) >= 0 ? default : new ValueTask(this, _placeFreed.Version);
    }

    /// <summary>Starts the work for an item, inline.</summary>
    /// <returns>Whether it has ended, so that its place is free.</returns>
    private bool Start(T item, int index)
    {
        var call = (body, item, _token);
        var task = Invocation<(Func<T, CancellationToken, Task> Body, T Item, CancellationToken Token)>.Start(
            static call => call.Body(call.Item, call.Token),
            call,
            out var error) ?? Faulted.Task<Unit>(error!);
        if (task.IsCompleted)
        {
            Judge(task, index);
            return true;
        }
        group.EnterChild();
        if (!_idle.TryPop(out var watcher))
            watcher = new ItemWatcher<T>(this);
        watcher.Watch(task, index);
        return false;
    }
}
