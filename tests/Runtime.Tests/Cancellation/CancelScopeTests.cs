using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Cancellation;

/// <summary>A scope that is made, cancelled and asked by hand.</summary>
public sealed class CancelScopeTests
{
    private static readonly OperationCanceledException s_cancelled = new();

    private readonly ManualClock _clock = new();

    [Fact]
    public void Cancels_its_token_and_keeps_the_reason()
    {
        using var scope = new CancelScope();
        Assert.False(scope.IsCancellationRequested);
        Assert.Null(scope.CancellationReason);
        scope.Cancel("enough");
        scope.Cancel("again");
        Assert.True(scope.IsCancellationRequested);
        Assert.True(scope.Token.IsCancellationRequested);
        Assert.Equal("enough", scope.CancellationReason);
    }

    [Fact]
    public void Is_cancelled_by_its_parent()
    {
        using var parent = new CancellationTokenSource();
        using var scope = new CancelScope(parent.Token);
        parent.Cancel();
        Assert.True(scope.IsCancellationRequested);
        Assert.Null(scope.CancellationReason);
        scope.Cancel("late");
        Assert.Null(scope.CancellationReason);
    }

    [Fact]
    public void Is_cancelled_at_once_by_a_parent_that_is_cancelled()
    {
        using var scope = new CancelScope(new CancellationToken(canceled: true));
        Assert.True(scope.IsCancellationRequested);
        Assert.False(scope.Owns(s_cancelled));
    }

    [Fact]
    public void A_shielded_scope_does_not_link_its_parent()
    {
        using var parent = new CancellationTokenSource();
        using var scope = new CancelScope(parent.Token, shield: true);
        Assert.True(scope.Shield);
        parent.Cancel();
        Assert.False(scope.IsCancellationRequested);
        scope.Cancel();
        Assert.True(scope.Owns(s_cancelled));
    }

    [Fact]
    public void The_shield_is_chosen_when_the_scope_is_made()
    {
        using var scope = new CancelScope();
        Assert.False(scope.Shield);
        var exception = Assert.Throws<InvalidOperationException>(() => scope.Shield = true);
        Assert.Contains("pass `shield: true` when you make the scope", exception.Message);
        Assert.Throws<InvalidOperationException>(() => scope.Shield = false);
    }

    [Fact]
    public void Owns_its_own_cancellation_whatever_token_the_exception_carries()
    {
        using var parent = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        using var scope = new CancelScope(parent.Token);
        Assert.False(scope.Owns(s_cancelled));
        Assert.False(scope.CancellationCaught);
        scope.Cancel();
        Assert.False(scope.CancellationCaught);
        Assert.True(scope.Owns(new OperationCanceledException(other.Token)));
        Assert.True(scope.CancellationCaught);
    }

    [Fact]
    public void Does_not_own_the_cancellation_of_its_parent()
    {
        using var parent = new CancellationTokenSource();
        using var scope = new CancelScope(parent.Token);
        parent.Cancel();
        Assert.False(scope.Owns(s_cancelled));
        scope.Cancel();
        Assert.False(scope.Owns(s_cancelled));
        Assert.False(scope.CancellationCaught);
    }

    [Fact]
    public void Does_not_own_a_cancellation_when_the_parent_was_cancelled_too()
    {
        using var parent = new CancellationTokenSource();
        using var scope = new CancelScope(parent.Token);
        scope.Cancel();
        parent.Cancel();
        Assert.False(scope.Owns(s_cancelled));
    }

    [Fact]
    public void Deadline_CanBeMovedAndExpires()
    {
        using var scope = new CancelScope(timeProvider: _clock);
        Assert.Null(scope.Deadline);
        var start = _clock.GetUtcNow();
        scope.Deadline = start.AddSeconds(5);
        Assert.Equal(start.AddSeconds(5), scope.Deadline);
        _clock.Advance(TimeSpan.FromSeconds(4));
        scope.Deadline = start.AddSeconds(10);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(scope.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(scope.IsCancellationRequested);
        Assert.True(scope.Owns(s_cancelled));
    }

    [Fact]
    public void A_deadline_in_the_past_cancels_at_once()
    {
        using var scope = new CancelScope(timeProvider: _clock);
        scope.Deadline = _clock.GetUtcNow().AddSeconds(-1);
        Assert.True(scope.IsCancellationRequested);
        Assert.Equal(0, _clock.TimerCount);
    }

    [Fact]
    public void A_deadline_can_be_taken_away()
    {
        using var scope = new CancelScope(timeProvider: _clock);
        scope.CancelAfter(TimeSpan.FromSeconds(1));
        scope.Deadline = null;
        Assert.Null(scope.Deadline);
        Assert.Equal(0, _clock.TimerCount);
        scope.CancelAfter(TimeSpan.FromSeconds(1));
        scope.CancelAfter(Timeout.InfiniteTimeSpan);
        Assert.Equal(0, _clock.TimerCount);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False(scope.IsCancellationRequested);
    }

    [Fact]
    public void Moving_a_deadline_leaves_one_timer()
    {
        using var scope = new CancelScope(timeProvider: _clock);
        for (var i = 1; i <= 2000; i++)
            scope.CancelAfter(TimeSpan.FromSeconds(i));
        Assert.Equal(1, _clock.TimerCount);
    }

    [Fact]
    public void CancelAfter_sets_the_deadline()
    {
        using var scope = new CancelScope(timeProvider: _clock);
        scope.CancelAfter(TimeSpan.FromSeconds(3));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(3), scope.Deadline);
        scope.CancelAfter(TimeSpan.MaxValue);
        Assert.Equal(DateTimeOffset.MaxValue, scope.Deadline);
        scope.CancelAfter(TimeSpan.Zero);
        Assert.True(scope.IsCancellationRequested);
    }

    [Fact]
    public void CancelAfter_rejects_negative_delays()
    {
        using var scope = new CancelScope();
        Assert.Throws<ArgumentOutOfRangeException>("delay", () => scope.CancelAfter(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void The_clock_is_not_called_under_a_lock()
    {
        CancelScope? scope = null;
        var seen = 0;
        var clock = new AskingClock(() =>
        {
            if (scope is not null && Task.Run(() => scope.Deadline).Wait(TimeSpan.FromMinutes(2)))
                seen++;
        });
        scope = new CancelScope(timeProvider: clock);
        scope.Deadline = DateTimeOffset.MaxValue;
        scope.Deadline = null;
        scope.CancelAfter(TimeSpan.FromSeconds(5));
        scope.Dispose();
        Assert.Equal(clock.Calls, seen);
        Assert.InRange(seen, 6, 20);
    }

    [Fact]
    public void Nothing_is_cancelled_after_disposal()
    {
        using var parent = new CancellationTokenSource();
        var scope = new CancelScope(parent.Token, timeProvider: _clock);
        scope.CancelAfter(TimeSpan.FromSeconds(1));
        scope.Dispose();
        scope.Dispose();
        Assert.Equal(0, _clock.TimerCount);
        parent.Cancel();
        scope.Cancel("late");
        scope.CancelAfter(TimeSpan.Zero);
        scope.CancelAfter(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _clock.TimerCount);
        Assert.False(scope.IsCancellationRequested);
        Assert.Null(scope.CancellationReason);
    }

    [Fact]
    public void A_disposed_scope_leaves_nothing_on_a_long_lived_token()
    {
        using var longLived = new CancellationTokenSource();
        var scopes = Open(longLived.Token);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(scopes.Count(scope => scope.IsAlive), 0, 1);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Open(CancellationToken token)
        {
            var scopes = new List<WeakReference>();
            for (var i = 0; i < 10; i++)
            {
                using var scope = new CancelScope(token);
                scopes.Add(new WeakReference(scope));
            }
            return scopes;
        }
    }

    [Fact]
    public void Cancel_throws_what_callbacks_throw_after_all_were_called()
    {
        using var scope = new CancelScope();
        using var below = new CancelScope(scope.Token);
        scope.Token.Register(() => throw new FormatException());
        scope.Token.Register(() => throw new ArithmeticException());
        var exception = Assert.Throws<AggregateException>(() => scope.Cancel());
        Assert.Equal(2, exception.InnerExceptions.Count);
        Assert.True(below.IsCancellationRequested);
    }

    [Fact]
    public void What_callbacks_throw_at_a_deadline_is_reported()
    {
        using var events = new Events();
        var id = Guid.NewGuid().ToString();
        using var scope = new CancelScope(timeProvider: _clock);
        scope.Token.Register(() => throw new FormatException(id));
        scope.CancelAfter(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(events.All, text => text.StartsWith("UnobservedFailure") && text.Contains(id));
    }

    [Fact]
    public void NestedScopes_OuterWins()
    {
        using var outer = new CancelScope();
        using var middle = new CancelScope(outer.Token);
        using var inner = new CancelScope(middle.Token);
        inner.Cancel();
        middle.Cancel();
        Assert.False(inner.Owns(s_cancelled));
        Assert.True(middle.Owns(s_cancelled));
    }

    [Fact]
    public async Task DeepScopes_NoStackOverflow()
    {
        // Chains of linked token sources of the platform overflow the stack at this depth.
        await Task.Run(() =>
        {
            var scopes = new List<CancelScope> { new() };
            for (var i = 1; i < 100_000; i++)
                scopes.Add(new CancelScope(scopes[^1].Token));
            scopes[0].Cancel();
            Assert.True(scopes.TrueForAll(scope => scope.IsCancellationRequested));
            scopes.ForEach(scope => scope.Dispose());
        }).Soon();
    }

    [Fact]
    public async Task DeepGroups_NoStackOverflow()
    {
        var groups = new List<TaskGroup> { TaskGroup.Open() };
        for (var i = 1; i < 100_000; i++)
            groups.Add(TaskGroup.Open(groups[^1].CancellationToken));
        groups[0].Cancel();
        Assert.True(groups.TrueForAll(group => group.IsCancellationRequested));
        foreach (var group in groups.AsEnumerable().Reverse())
            await group.CompleteAsync();
    }

    [Fact]
    public void A_cancellation_inside_a_callback_has_reached_everything_below_when_it_returns()
    {
        using var outer = new CancelScope();
        using var first = new CancelScope();
        using var below = new CancelScope(first.Token);
        using var beside = new CancelScope(outer.Token);
        bool? seen = null;
        outer.Token.Register(() =>
        {
            first.Cancel();
            seen = below.IsCancellationRequested;
        });
        outer.Cancel();
        Assert.True(seen);
        Assert.True(beside.IsCancellationRequested);
    }

    [Fact]
    public void Rejects_null() =>
        Assert.Throws<ArgumentNullException>("exception", () => new CancelScope().Owns(null!));

    /// <summary>A clock that calls back whenever it is called.</summary>
    private sealed class AskingClock(Action onCall) : TimeProvider
    {
        public int Calls { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            Call();
            return base.GetUtcNow();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Call();
            return new Timer(this);
        }

        private void Call()
        {
            Calls++;
            onCall();
        }

        private sealed class Timer(AskingClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Call();
                return true;
            }

            public void Dispose() => clock.Call();

            public ValueTask DisposeAsync() => throw new NotSupportedException();
        }
    }
}
