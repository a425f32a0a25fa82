using System;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Clock;

/// <summary>Delays of any length.</summary>
public sealed class DelayTimerTests
{
    private readonly ManualClock _clock = new();
    private int _calls;

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(1000)]
    public void Calls_back_once_and_never_early(int days)
    {
        using var timer = Start(TimeSpan.FromDays(days));
        _clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromTicks(1));
        Assert.Equal(0, _calls);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, _calls);
        _clock.Advance(TimeSpan.FromDays(3000));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public void Does_not_call_back_after_disposal()
    {
        var timer = Start(TimeSpan.FromDays(100));
        _clock.Advance(TimeSpan.FromDays(60));
        timer.Dispose();
        Assert.Equal(0, _clock.TimerCount);
        _clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(0, _calls);
    }

    private DelayTimer Start(TimeSpan delay) => new(_clock, delay, _ => _calls++, new object());
}
