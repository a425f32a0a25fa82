using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Tokens that are borrowed and returned.</summary>
public sealed class CapacityLimiterTests
{
    [Fact]
    public async Task CapacityLimiter_Core()
    {
        var limiter = new CapacityLimiter(1);
        var first = await limiter.AcquireAsync();
        Assert.Equal(1, limiter.BorrowedTokens);
        Assert.False(limiter.TryAcquire(out var refused));
        refused.Dispose();
        var second = limiter.AcquireAsync().AsTask();
        var third = limiter.AcquireAsync().AsTask();
        Assert.Equal(2, limiter.WaitingCount);
        var copy = first;
        first.Dispose();
        Assert.False(limiter.TryAcquire(out _));
        first.Dispose();
        copy.Dispose();
        (await second.Soon()).Dispose();
        (await third.Soon()).Dispose();
        Assert.Equal(0, limiter.BorrowedTokens);
        copy.Dispose();
        default(CapacityLimiter.Lease).Dispose();
        Assert.Equal(0, limiter.BorrowedTokens);
        Assert.True(limiter.TryAcquire(out var last));
        copy.Dispose();
        Assert.Equal(1, limiter.BorrowedTokens);
        last.Dispose();
    }

    [Fact]
    public async Task CapacityLimiter_Resize()
    {
        var limiter = new CapacityLimiter(0);
        var waiting = Enumerable.Range(0, 3).Select(_ => limiter.AcquireAsync().AsTask()).ToArray();
        Assert.False(limiter.TryAcquire(out _));
        Assert.Equal(3, limiter.WaitingCount);
        limiter.TotalTokens = 2;
        Assert.Equal(2, limiter.TotalTokens);
        await waiting[0].Soon();
        await waiting[1].Soon();
        Assert.Equal(1, limiter.WaitingCount);
        limiter.TotalTokens = 1;
        Assert.Equal(2, limiter.BorrowedTokens);
        (await waiting[0]).Dispose();
        Assert.False(waiting[2].IsCompleted);
        (await waiting[1]).Dispose();
        await waiting[2].Soon();
    }

    [Fact]
    public async Task CapacityLimiter_CancelledWaiterLeavesNoTrace()
    {
        var limiter = new CapacityLimiter(1);
        using var stop = new CancellationTokenSource();
        var lease = await limiter.AcquireAsync();
        var waiting = limiter.AcquireAsync(stop.Token).AsTask();
        var next = limiter.AcquireAsync(stop.Token).AsTask();
        var patient = limiter.AcquireAsync().AsTask();
        stop.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        Assert.Equal(stop.Token, exception.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.Soon());
        Assert.Equal(1, limiter.WaitingCount);
        lease.Dispose();
        (await patient.Soon()).Dispose();
        Assert.Equal(0, limiter.BorrowedTokens);
    }

    [Fact]
    public void A_waiter_that_got_its_token_leaves_nothing_on_a_long_lived_one()
    {
        using var longLived = new CancellationTokenSource();
        var waiters = Wait(longLived.Token);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(waiters.Count(waiter => waiter.IsAlive), 0, 1);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Wait(CancellationToken token)
        {
            var limiter = new CapacityLimiter(0);
            var waiters = new List<WeakReference>();
            for (var i = 0; i < 10; i++)
                waiters.Add(new WeakReference(limiter.AcquireAsync(token).AsTask()));
            limiter.TotalTokens = 10;
            Assert.Equal(10, limiter.BorrowedTokens);
            return waiters;
        }
    }

    [Fact]
    public async Task A_cancelled_token_throws_even_if_tokens_are_free()
    {
        var limiter = new CapacityLimiter(1);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limiter.AcquireAsync(cancelled));
        Assert.Equal(0, limiter.BorrowedTokens);
    }

    [Fact]
    public async Task Never_lends_more_than_the_total()
    {
        var limiter = new CapacityLimiter(3);
        var borrowed = 0;
        var tooMany = 0;
        await Task.Run(() => TaskGroup.RunAsync(group =>
        {
            for (var i = 0; i < 2000; i++)
            {
                group.Spawn(async ct =>
                {
                    await Task.Yield();
                    using (await limiter.AcquireAsync(ct))
                    {
                        if (Interlocked.Increment(ref borrowed) > 3)
                            Interlocked.Increment(ref tooMany);
                        await Task.Yield();
                        Interlocked.Decrement(ref borrowed);
                    }
                });
            }
        })).Soon();
        Assert.Equal(0, tooMany);
        Assert.Equal(0, limiter.BorrowedTokens);
        Assert.Equal(0, limiter.WaitingCount);
    }

    [Fact]
    public void Rejects_negative_totals()
    {
        Assert.Throws<ArgumentOutOfRangeException>("totalTokens", () => new CapacityLimiter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CapacityLimiter(1).TotalTokens = -1);
    }
}
