using System.Collections.Concurrent;

namespace Shop.Scenarios;

/// <summary>Follows the requests through the shop: how many are inside, and which threads they hold.</summary>
internal sealed class Requests
{
    private readonly ConcurrentDictionary<Thread, bool> _starting = new();
    private int _inFlight;

    public Action? Answering { get; set; }

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Threads that a handler keeps waiting instead of giving them back.</summary>
    public int HeldThreads => _starting.Keys.Count(IsWaiting);

    public async Task FollowAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            _starting[Thread.CurrentThread] = true;
            await Handle(context, next);
            Answering?.Invoke();
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private Task Handle(HttpContext context, RequestDelegate next)
    {
        var handling = next(context);
        _starting.TryRemove(Thread.CurrentThread, out _);
        return handling;
    }

    private static bool IsWaiting(Thread thread) => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin);
}
