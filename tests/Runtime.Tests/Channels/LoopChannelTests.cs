using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Channels;

/// <summary>Channels of the loop: room, order, back-pressure, cancellation, ends.</summary>
public sealed class LoopChannelTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void S0_23_A_bounded_channel_hands_over_in_order_and_never_holds_more_than_its_capacity() =>
        OnLoop.Run(async () =>
        {
            var channel = LoopChannel.CreateBounded<int>(2);
            var (peak, received) = (0, new List<int>());
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Produce());
                await foreach (var value in channel.Reader.ReadAllAsync())
                {
                    received.Add(value);
                    peak = Math.Max(peak, channel.Reader.Count);
                    await Coroutine.Yield();
                }
            });
            Assert.Equal(Enumerable.Range(0, 10), received);
            Assert.Equal(2, peak);

            async Coroutine Produce()
            {
                for (var value = 0; value < 10; value++)
                {
                    await channel.Writer.WriteAsync(value);
                    peak = Math.Max(peak, channel.Reader.Count);
                }
                channel.Writer.Complete();
            }
        });

    [Fact]
    public void Channel_Core() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateBounded<int>(2);
        Assert.True(channel.Writer.TryWrite(1));
        Assert.True(channel.Writer.TryWrite(2));
        Assert.False(channel.Writer.TryWrite(3));
        channel.Writer.Complete();
        Assert.False(channel.Writer.TryComplete());
        Assert.False(channel.Writer.TryWrite(4));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.Writer.WriteAsync(4));
        Assert.False(channel.Reader.Completion.IsCompleted);
        Assert.True(channel.Reader.TryPeek(out var next));
        Assert.Equal(1, next);
        Assert.Equal(1, await channel.Reader.ReadAsync());
        Assert.True(await channel.Reader.WaitToReadAsync());
        Assert.Equal(2, await channel.Reader.ReadAsync());
        Assert.False(await channel.Reader.WaitToReadAsync());
        Assert.False(await channel.Writer.WaitToWriteAsync());
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.Reader.ReadAsync());
        await channel.Reader.Completion;
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void Every_value_arrives_once_whatever_the_capacity_and_the_order(int capacity)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            OnLoop.Run(
                async () =>
                {
                    var channel = LoopChannel.CreateBounded<int>(capacity);
                    var (received, peak) = (new List<int>(), 0);
                    await CoroutineGroup.RunAsync(async group =>
                    {
                        group.Spawn(Waiting());
                        group.Spawn(Reading());
                        group.Spawn(All());
                        await CoroutineGroup.RunAsync(async writers =>
                        {
                            writers.Spawn(Write(0));
                            writers.Spawn(Write(100));
                            writers.Spawn(WriteTrying(200));
                            await Coroutine.Yield();
                        });
                        channel.Writer.Complete();
                    });
                    received.Sort();
                    Assert.Equal(
                        Enumerable.Range(0, 40).Concat(Enumerable.Range(100, 40)).Concat(Enumerable.Range(200, 40)),
                        received);
                    Assert.InRange(peak, 0, capacity);

                    async Coroutine Write(int first)
                    {
                        for (var value = first; value < first + 40; value++)
                            await channel.Writer.WriteAsync(value);
                    }

                    async Coroutine WriteTrying(int first)
                    {
                        for (var value = first; value < first + 40;)
                        {
                            Assert.True(await channel.Writer.WaitToWriteAsync());
                            if (channel.Writer.TryWrite(value))
                                value++;
                            else
                                await Coroutine.Yield();
                        }
                    }

                    async Coroutine Waiting()
                    {
                        while (await channel.Reader.WaitToReadAsync())
                        {
                            peak = Math.Max(peak, channel.Reader.Count);
                            if (channel.Reader.TryRead(out var value))
                                received.Add(value);
                            await Coroutine.Yield();
                        }
                    }

                    async Coroutine Reading()
                    {
                        try
                        {
                            while (true)
                                received.Add(await channel.Reader.ReadAsync());
                        }
                        catch (ChannelClosedException)
                        {
                        }
                    }

                    async Coroutine All()
                    {
                        await foreach (var value in channel.Reader.ReadAllAsync())
                            received.Add(value);
                    }
                },
                seed);
        }
    }

    [Fact]
    public void Channel_CancelledReaderDoesNotEatItem() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        Assert.False(await Coroutine.MoveOnAfterAsync(
            OnLoop.Seconds(1), async _ => await channel.Reader.ReadAsync()));
        Assert.Equal(OnLoop.Seconds(1), OnLoop.Now);
        await channel.Writer.WriteAsync(7);
        Assert.Equal(7, await channel.Reader.ReadAsync());
    });

    [Fact]
    public void A_value_that_was_handed_over_is_not_lost_when_its_reader_is_cancelled_in_the_same_turn() =>
        OnLoop.Run(async () =>
        {
            var channel = LoopChannel.CreateBounded<int>(1);
            await CoroutineGroup.RunAsync(async group =>
            {
                var reader = group.Run(Read());
                await EventLoop.WaitAllTasksBlockedAsync();
                Assert.True(channel.Writer.TryWrite(7));
                reader.Cancel();
                Assert.Equal(7, await reader);
            });

            async Coroutine<int> Read() => await channel.Reader.ReadAsync();
        });

    [Fact]
    public void A_cancelled_writer_has_not_written() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        Assert.True(channel.Writer.TryWrite(1));
        Assert.False(await Coroutine.MoveOnAfterAsync(
            OnLoop.Seconds(1), async _ => await channel.Writer.WriteAsync(2)));
        Assert.Equal(1, await channel.Reader.ReadAsync());
        Assert.Equal(0, channel.Reader.Count);
        Assert.False(channel.Reader.TryRead(out _));
    });

    [Fact]
    public void In_a_cancelled_scope_every_wait_throws_each_time_and_nothing_moves() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        Assert.True(channel.Writer.TryWrite(1));
        var thrown = 0;
        await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, async scope =>
        {
            scope.Cancel();
            for (var turn = 0; turn < 3; turn++)
            {
                await Count(async () => await channel.Reader.ReadAsync());
                await Count(async () => await channel.Writer.WriteAsync(2));
                await Count(async () => await channel.Reader.WaitToReadAsync());
                await Count(async () => await channel.Writer.WaitToWriteAsync());
            }
        });
        Assert.Equal(12, thrown);
        Assert.Equal(1, channel.Reader.Count);

        async Coroutine Count(Func<Coroutine> wait)
        {
            try
            {
                await wait();
            }
            catch (OperationCanceledException)
            {
                thrown++;
            }
        }
    });

    [Fact]
    public void A_token_cancels_a_wait_from_any_thread() => EventLoop.Run(CancelledAsync());

    [Fact]
    public void Channel_CloseWakesBlocked() => OnLoop.Run(async () =>
    {
        var error = new FormatException();
        var empty = LoopChannel.CreateBounded<int>(1);
        var full = LoopChannel.CreateBounded<int>(1);
        Assert.True(full.Writer.TryWrite(1));
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Expect<ChannelClosedException>("read", async () => await empty.Reader.ReadAsync()));
            group.Spawn(Expect<FormatException>("wait", async () => await empty.Reader.WaitToReadAsync()));
            group.Spawn(Expect<FormatException>("all", async () => await All(empty.Reader)));
            group.Spawn(Expect<FormatException>("end", async () => await empty.Reader.Completion));
            group.Spawn(Expect<ChannelClosedException>("write", async () => await full.Writer.WriteAsync(2)));
            group.Spawn(Expect<FormatException>("room", async () => await full.Writer.WaitToWriteAsync()));
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Empty(_log);
            empty.Writer.Complete(error);
            full.Writer.Complete(error);
        });
        Assert.Equal(["all", "end", "read", "room", "wait", "write"], _log.Order());
        for (var turn = 0; turn < 2; turn++)
        {
            var closed = await Assert.ThrowsAsync<ChannelClosedException>(
                async () => await empty.Reader.ReadAsync());
            Assert.Same(error, closed.InnerException);
            await Assert.ThrowsAsync<ChannelClosedException>(async () => await full.Writer.WriteAsync(2));
        }
        Assert.Same(error, await Assert.ThrowsAsync<FormatException>(() => empty.Reader.Completion));
        Assert.Equal(1, await full.Reader.ReadAsync());

        async Coroutine Expect<T>(string name, Func<Coroutine> wait)
            where T : Exception
        {
            try
            {
                await wait();
            }
            catch (T)
            {
                _log.Add(name);
            }
        }

        static async Coroutine All(ChannelReader<int> reader)
        {
            await foreach (var value in reader.ReadAllAsync())
                Assert.Fail($"{value}");
        }
    });

    [Fact]
    public void Channel_Fairness_And_Rendezvous() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        await CoroutineGroup.RunAsync(async group =>
        {
            var reader = group.Run(Read(channel.Reader));
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.True(channel.Writer.TryWrite(1));
            Assert.False(channel.Reader.TryRead(out _));
            Assert.Equal(1, await reader);
        });
        var hand = LoopChannel.CreateBounded<int>(0);
        Assert.False(hand.Writer.TryWrite(1));
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Write(hand.Writer, 2));
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Equal([], _log);
            Assert.Equal(0, hand.Reader.Count);
            Assert.True(hand.Reader.TryRead(out var value));
            Assert.Equal(2, value);
            var reader = group.Run(Read(hand.Reader));
            Assert.True(await hand.Writer.WaitToWriteAsync());
            Assert.True(hand.Writer.TryWrite(3));
            Assert.Equal(3, await reader);
        });
        Assert.Equal(["written 2"], _log);

        static async Coroutine<int> Read(ChannelReader<int> reader) => await reader.ReadAsync();

        async Coroutine Write(ChannelWriter<int> writer, int value)
        {
            await writer.WriteAsync(value);
            _log.Add($"written {value}");
        }
    });

    [Fact]
    public void Waiting_for_a_channel_is_a_wait_of_the_loop() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Read(), "reader");
            group.Spawn(End(), "end");
            group.Spawn(Task(), "task");
            await Coroutine.Sleep(OnLoop.Seconds(3600));
            Assert.Equal(0, EventLoop.Current!.GetStatistics().ExternalOperations);
            Assert.Contains("LoopChannel.ReadAsync", EventLoop.Current.GetTaskTree().ToString());
            channel.Writer.TryWrite(1);
            channel.Writer.TryWrite(2);
            channel.Writer.Complete();
        });

        async Coroutine Read() => await channel.Reader.ReadAsync();

        async Coroutine End() => await channel.Reader.Completion;

        async Coroutine Task() => await ReadAsTask();

        async Task ReadAsTask() => await channel.Reader.ReadAsync();
    });

    [Fact]
    public void Nobody_left_to_write_is_a_deadlock_that_names_the_reader()
    {
        var failure = Assert.Throws<DeadlockException>(() => OnLoop.Run(async () =>
        {
            await LoopChannel.CreateBounded<int>(1).Reader.ReadAsync();
        }));
        Assert.Contains("LoopChannel.ReadAsync", failure.Message);
    }

    [Fact]
    public void Tasks_and_value_tasks_that_are_not_awaited_at_once_work_as_with_any_channel() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateBounded<string>(1);
        var first = channel.Reader.ReadAsync();
        Assert.False(first.IsCompleted);
        Assert.True(channel.Writer.TryWrite("a"));
        Assert.True(first.IsCompletedSuccessfully);
        Assert.Equal("a", await first);
        var second = channel.Reader.ReadAsync().AsTask();
        var third = channel.Reader.ReadAsync().AsTask();
        Assert.True(channel.Writer.TryWrite("b"));
        Assert.True(channel.Writer.TryWrite("c"));
        Assert.Equal(["b", "c"], await Task.WhenAll(second, third));
        Assert.True(channel.Writer.TryWrite("d"));
        var write = channel.Writer.WriteAsync("e");
        Assert.False(write.IsCompleted);
        Assert.Equal("d", await channel.Reader.ReadAsync());
        Assert.True(write.IsCompletedSuccessfully);
        await write;
        var used = write;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await used);
    });

    [Fact]
    public void Ordinary_code_that_takes_a_reader_takes_this_one() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        var sum = SumAsync(channel.Reader);
        for (var value = 1; value <= 4; value++)
            await channel.Writer.WriteAsync(value);
        channel.Writer.Complete();
        Assert.Equal(10, await sum);

        static async Task<int> SumAsync(ChannelReader<int> reader)
        {
            var sum = 0;
            await foreach (var value in reader.ReadAllAsync().ConfigureAwait(false))
                sum += value;
            return sum;
        }
    });

    [Fact]
    public void A_channel_may_be_filled_before_the_loop_runs_and_emptied_afterwards()
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        Assert.True(channel.Writer.TryWrite(1));
        OnLoop.Run(async () => await channel.Writer.WriteAsync(await channel.Reader.ReadAsync() + 1));
        Assert.True(channel.Reader.TryRead(out var value));
        Assert.Equal(2, value);
        Assert.Throws<InvalidOperationException>(() => { _ = channel.Reader.ReadAsync(); });
        OnLoop.Run(async () => await channel.Writer.WriteAsync(3));
    }

    [Fact]
    public void Another_thread_is_refused_while_a_loop_uses_the_channel() => OnLoop.Run(async () =>
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        await channel.Writer.WriteAsync(1);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Task.Run(() => channel.Writer.TryWrite(2)));
        Assert.Contains("loop.Post", refusal.Message);
        Assert.Equal(1, channel.Reader.Count);
    });

    [Fact]
    public void A_negative_capacity_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LoopChannel.CreateBounded<int>(-1));

    private static async Coroutine CancelledAsync()
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        using var source = new CancellationTokenSource();
        var read = channel.Reader.ReadAsync(source.Token);
        await Task.Run(source.Cancel);
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.True(channel.Reader.ReadAsync(source.Token).IsCanceled);
        Assert.True(channel.Writer.TryWrite(1));
        Assert.Equal(1, await channel.Reader.ReadAsync());
    }
}
