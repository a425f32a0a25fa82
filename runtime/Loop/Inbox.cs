using System;
using System.Collections.Concurrent;
using System.Threading;

namespace ScopedTasks;

/// <summary>Takes what other threads hand to a loop, and lets the loop sleep until there is something.</summary>
/// <remarks>Once it is closed it takes nothing more, and says so: what it has taken is run.</remarks>
internal sealed class Inbox : IDisposable
{
    private const int Closed = int.MinValue / 2;

    private static readonly TimeSpan s_longestSleep = TimeSpan.FromDays(20);

    private readonly ConcurrentQueue<LoopItem> _items = new();
    private readonly AutoResetEvent _arrival = new(false);
    private volatile EpollReactor? _reactor;
    private volatile bool _sleeps;
    private int _isWoken;

    // What has arrived, or is about to; below zero when it is closed.
    private int _count;

    /// <summary>Whether nothing has arrived.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) <= 0;

    /// <summary>Hands something in, from any thread.</summary>
    /// <returns>Whether it will be run.</returns>
    public bool TryPost(LoopItem item)
    {
        // Counted before it is there, so that nobody closes in between. Counting is a barrier, too: either this thread
        // sees that the loop sleeps, or the loop sees that something comes.
        if (Interlocked.Increment(ref _count) <= 0)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        _items.Enqueue(item);
        if (_sleeps)
            Wake();
        return true;
    }

    /// <summary>Takes nothing more from now on.</summary>
    /// <returns>Whether it could: not while something has arrived.</returns>
    public bool TryClose() => Interlocked.CompareExchange(ref _count, Closed, 0) == 0;

    /// <summary>Sleeps where files wake the loop, too, from now on; on the loop's thread.</summary>
    public void SleepIn(EpollReactor? reactor) => _reactor = reactor;

    /// <summary>Ends the sleep of the loop, or keeps it from the next one; from any thread.</summary>
    public void Wake()
    {
        // One call to the system for each sleep is enough.
        if (Interlocked.Exchange(ref _isWoken, 1) != 0)
            return;
        try
        {
            if (_reactor is { } reactor)
                reactor.Wake();
            else
                _arrival.Set();
        }
        catch (ObjectDisposedException)
        {
            // The loop is gone; who comes too late has nobody to wake.
        }
    }

    /// <summary>Takes what had arrived when it was called: what arrives meanwhile has its turn later.</summary>
    public void TakeTo(EventLoop loop)
    {
        var count = Volatile.Read(ref _count);
        var taken = 0;
        for (; taken < count && _items.TryDequeue(out var item); taken++)
            item.OnPosted(loop);
        if (taken > 0)
            Interlocked.Add(ref _count, -taken);
        else
            // It is counted, and whoever brings it needs the processor for that.
            Thread.Yield();
    }

    /// <summary>
    /// Sleeps in the operating system until something arrives, or the time is over; null is for ever.
    /// </summary>
    public void Sleep(TimeSpan? time)
    {
        _sleeps = true;
        Interlocked.MemoryBarrier();
        if (IsEmpty && Volatile.Read(ref _isWoken) == 0)
        {
            if (_reactor is { } reactor)
                reactor.Sleep(Milliseconds(time));
            else
                _arrival.WaitOne(Milliseconds(time));
        }
        _sleeps = false;
        Interlocked.Exchange(ref _isWoken, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _arrival.Dispose();

    // Rounded up: a sleep that ends early would be another sleep.
    private static int Milliseconds(TimeSpan? time) =>
        time is not { } finite ? Timeout.Infinite
        : finite > s_longestSleep ? (int)s_longestSleep.TotalMilliseconds
        : (int)((finite.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
}
