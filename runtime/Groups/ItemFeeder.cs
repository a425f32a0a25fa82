using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace ScopedTasks;

/// <summary>Decides when the next item of a sequence is taken and started: the body of a group over items.</summary>
/// <remarks>
/// One item after another, on the caller's context. The feeder waits for a place before it takes an item, so what
/// it has taken is always started. Once the group is cancelled it takes no more; if it is to fill the places, it
/// still takes those items that need not wait for one, as children that are spawned directly.
/// </remarks>
internal sealed class ItemFeeder<T>(
    TaskGroup group,
    Func<T, CancellationToken, Task> body,
    IItemResults? results,
    bool fillsPlaces) : IValueTaskSource
{
    private readonly CancellationToken _token = group.CancellationToken;
    private int _free = group.Options.MaxConcurrency == -1 ? int.MaxValue : group.Options.MaxConcurrency;
    private ManualResetValueTaskSourceCore<Unit> _placeFreed;
    private ItemWatcher<T>? _idle;

    /// <summary>What waits for all items.</summary>
    public Task Outcome => group.Completion;

    /// <summary>Feeds all items, and ends when the last one has been started.</summary>
    public async Task RunAsync(Func<CancellationToken, ItemSource<T>> open)
    {
        var source = open(_token);
        await using (source)
        {
            try
            {
                await FeedAsync(source);
            }
            catch (Exception exception) when (group.Fail(exception))
            {
                // The filter has told the group, and lets it pass: what the disposal throws must not replace it.
            }
        }
    }

    /// <summary>Gives a place back when an item has ended, and its watcher for the next one.</summary>
    public void OnItemEnded(ItemWatcher<T> watcher)
    {
        // Once it is on top the feeder may take it, and it may end again: it is not looked at any more.
        ItemWatcher<T>? top;
        do
        {
            top = Volatile.Read(ref _idle);
            watcher.Next = top;
        }
        while (Interlocked.CompareExchange(ref _idle, watcher, top) != top);
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

    private async Task FeedAsync(ItemSource<T> source)
    {
        var hasPlace = false;
        for (var index = 0; ; index++)
        {
            var takes = fillsPlaces;
            if (!hasPlace)
            {
                var place = TakePlaceAsync();
                takes &= place.IsCompleted;
                group.BodyWaitsForChild = true;
                await place;
                group.BodyWaitsForChild = false;
            }
            if (_token.IsCancellationRequested && !takes)
            {
                if (index != source.Count)
                    group.MarkCutShort();
                return;
            }
            if (!await source.MoveNextAsync())
                return;
            results?.MakeRoom(index, source.Count);
            hasPlace = Start(source.Current, index);
        }
    }

    private ValueTask TakePlaceAsync()
    {
        _placeFreed.Reset();
        return Interlocked.Decrement(ref _free) >= 0 ? default : new ValueTask(this, _placeFreed.Version);
    }

    /// <summary>Starts the work for an item, inline.</summary>
    /// <returns>Whether it has ended, so that its place is free.</returns>
    private bool Start(T item, int index)
    {
        var startedAt = group.NoteStart(body);
        var task = Invocation.Start(
            static call => call.Body(call.Item, call.Token),
            (Body: body, Item: item, Token: _token));
        if (task.IsCompleted)
        {
            Judge(task, index);
            return true;
        }
        group.EnterChild();
        (TakeIdleWatcher() ?? MakeWatcher()).Watch(task, index, startedAt);
        return false;
    }

    private ItemWatcher<T> MakeWatcher()
    {
        var watcher = new ItemWatcher<T>(this);
        group.Show(watcher);
        return watcher;
    }

    private ItemWatcher<T>? TakeIdleWatcher()
    {
        // Only the feeder takes, so that what it saw on top cannot have been taken and put back in between.
        var top = Volatile.Read(ref _idle);
        while (top is not null)
        {
            var seen = Interlocked.CompareExchange(ref _idle, top.Next, top);
            if (seen == top)
                break;
            top = seen;
        }
        return top;
    }
}
