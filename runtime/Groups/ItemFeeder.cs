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
/// A place is a watcher. Those that items gave back are a stack that others only push on and the feeder takes whole:
/// one atomic step for an item, as whatever else two threads fight over costs more than the item itself. For the
/// same reason items are no members of the group: the body holds it open, and after that the feeder.
/// </remarks>
internal sealed class ItemFeeder<T>(
    TaskGroup group,
    Func<T, CancellationToken, Task> body,
    IItemResults? results,
    bool fillsPlaces) : IValueTaskSource
{
    private static readonly object s_awaited = new();
    private static readonly object s_closed = new();

    private readonly CancellationToken _token = group.CancellationToken;
    private readonly int _limit = group.Options.MaxConcurrency == -1 ? int.MaxValue : group.Options.MaxConcurrency;
    private readonly bool _hasContext = SynchronizationContext.Current is not null;
    private ManualResetValueTaskSourceCore<Unit> _placeFreed;
    private ItemWatcher<T>? _idle;
    private object? _returned;
    private int _made;
    private int _left;
    private bool _hasWaited;

    /// <summary>What waits for all items.</summary>
    public Task Outcome => group.Completion;

    /// <summary>Feeds all items, and ends when the last one has been started.</summary>
    public async Task RunAsync(Func<CancellationToken, ItemSource<T>> open)
    {
        try
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
        finally
        {
            Close();
        }
    }

    /// <summary>Gives the watcher of an item that has ended back, and with it the place.</summary>
    public void OnItemEnded(ItemWatcher<T> watcher)
    {
        // Once it is given back it may be in use again, and end again: it is not looked at any more.
        object? seen;
        object? next;
        do
        {
            seen = Volatile.Read(ref _returned);
            watcher.Next = seen as ItemWatcher<T>;
            next = seen == s_awaited ? null : seen == s_closed ? seen : watcher;
        }
        while (Interlocked.CompareExchange(ref _returned, next, seen) != seen);

        if (seen == s_awaited)
        {
            // The feeder waits, and it is only this call that lets it go on: the place is his, and nobody else's.
            _idle = watcher;
            _placeFreed.SetResult(default);
        }
        else if (seen == s_closed && Interlocked.Decrement(ref _left) == 0)
        {
            group.ReleaseHold();
        }
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
        for (var index = 0; ; index++)
        {
            var takes = fillsPlaces;
            if (!HasPlace())
            {
                takes = false;
                group.BodyWaitsForChild = true;
                await PlaceFreedAsync();
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
            Start(source.Current, index);
        }
    }

    private bool HasPlace() => _idle is not null || _made < _limit;

    private ValueTask PlaceFreedAsync()
    {
        // Items may end as fast as they are started: the caller is to get its task, and its context's thread, even so.
        var yields = !_hasWaited || _hasContext;
        _hasWaited = true;
        _placeFreed.Reset();
        if (Interlocked.CompareExchange(ref _returned, s_awaited, null) is null)
            return new ValueTask(this, _placeFreed.Version);
        _idle = TakeReturned();
        return yields ? YieldAsync() : default;

        static async ValueTask YieldAsync() => await Task.Yield();
    }

    private ItemWatcher<T>? TakeReturned() =>
        Volatile.Read(ref _returned) is null ? null : (ItemWatcher<T>?)Interlocked.Exchange(ref _returned, null);

    /// <summary>Starts the work for an item, inline. If it has ended then, its place is still free.</summary>
    private void Start(T item, int index)
    {
        var startedAt = group.NoteStart(body);
        var task = Invocation.Start(
            static call => call.Body(call.Item, call.Token),
            (Body: body, Item: item, Token: _token));
        if (task.IsCompleted)
            Judge(task, index);
        else
            TakeWatcher().Watch(task, index, startedAt);
    }

    private ItemWatcher<T> TakeWatcher()
    {
        if (_limit == int.MaxValue)
            _idle ??= TakeReturned();
        if (_idle is { } idle)
        {
            _idle = idle.Next;
            return idle;
        }
        var watcher = new ItemWatcher<T>(this);
        _made++;
        group.ShowItem(watcher);
        return watcher;
    }

    /// <summary>Keeps the group open until those items have ended that still run.</summary>
    private void Close()
    {
        var ended = (ItemWatcher<T>?)Interlocked.Exchange(ref _returned, s_closed);
        var running = _made - Length(_idle) - Length(ended);
        if (running == 0)
            return;
        group.TryHold();
        if (Interlocked.Add(ref _left, running) == 0)
            group.ReleaseHold();

        static int Length(ItemWatcher<T>? first)
        {
            var length = 0;
            for (var watcher = first; watcher is not null; watcher = watcher.Next)
                length++;
            return length;
        }
    }
}
