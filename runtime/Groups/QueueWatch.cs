using System;
using System.Linq;
using System.Threading;

namespace ScopedTasks;

/// <summary>
/// Decides whether a full group stands still for ever: every child that has a place waits for one that has none.
/// </summary>
/// <remarks>
/// It looks at intervals, and only while somebody may wait for a queued child. What goes on, however slowly, is
/// never reported. In a cancelled group, where only what must start still waits, it lets one in beyond the limit: else
/// the group would never end.
/// </remarks>
internal sealed class QueueWatch(TaskGroup group, SlotQueue slots)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    private long _seen;
    private long _reported = -1;
    private int _isArmed;

    /// <summary>Starts to look, unless it does already.</summary>
    public void Arm()
    {
        if (Volatile.Read(ref _isArmed) == 0 && Interlocked.Exchange(ref _isArmed, 1) == 0)
            StartInterval(slots.Released);
    }

    /// <summary>Looks whether a place was given back since the last time, and if not, why.</summary>
    public void Look()
    {
        if (!slots.IsAwaited)
        {
            Interlocked.Exchange(ref _isArmed, 0);
            // One may have been queued meanwhile, and have seen it armed.
            if (slots.IsAwaited)
                Arm();
            return;
        }
        var released = slots.Released;
        if (released == _seen && StandsStill())
        {
            if (released != _reported)
                group.OnStandstill(slots.Taken);
            _reported = released;
            if (group.IsCancellationRequested)
                slots.LetOneIn();
        }
        StartInterval(released);
    }

    /// <summary>What still waits in a cancelled group must start, so that all can end.</summary>
    public void OnCancelled()
    {
        if (StandsStill())
            slots.LetOneIn();
    }

    private bool StandsStill() =>
        slots.GetAwaited() is { Count: > 0 } awaited
        && TaskWaiters.Of(awaited).Count(waiter => waiter is ChildWatcher child && child.HasPlaceIn(group))
            == slots.Taken;

    private void StartInterval(long released)
    {
        _seen = released;
        if (group.Options.StuckBodyWarning is { } interval)
            group.WatchQueue(this, interval == TimeSpan.Zero ? s_shortest : interval);
    }
}
