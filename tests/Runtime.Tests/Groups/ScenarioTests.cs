using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>The situations that decided the shape of the group, in both of its forms.</summary>
public sealed class ScenarioTests
{
    private readonly Reports _reports = new();

    [Fact]
    public async Task Two_values()
    {
        Assert.Equal(3, await TaskGroup.RunAsync(async group =>
        {
            var one = group.Run(_ => Task.FromResult(1));
            var two = group.Run(_ => Task.FromResult(2));
            return await one + await two;
        }));

        await using var open = TaskGroup.Open();
        var first = open.Run(_ => Task.FromResult(1));
        var second = open.Run(_ => Task.FromResult(2));
        await open.CompleteAsync();
        Assert.Equal(3, await first + await second);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_child_fails_while_the_body_awaits_with_the_token(bool lambda)
    {
        await Fails<FormatException>(lambda, async group =>
        {
            group.Spawn(FailSoon);
            await group.CancellationToken.UntilCancelled();
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_child_fails_while_the_body_waits_for_what_takes_no_token(bool lambda)
    {
        var never = new TaskCompletionSource();
        await Fails<FormatException>(lambda, async group =>
        {
            group.Spawn(FailSoon);
            await never.Task.WaitAsync(group.CancellationToken);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_body_throws_while_a_child_sleeps_for_ever(bool lambda)
    {
        await Fails<ArithmeticException>(lambda, async group =>
        {
            group.Spawn(ct => ct.UntilCancelled());
            await Task.Yield();
            throw new ArithmeticException();
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_body_throws_and_the_cleanup_of_a_child_throws_too(bool lambda)
    {
        var carried = await Fails<ArithmeticException>(lambda, async group =>
        {
            group.Spawn(async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    throw new FormatException();
                }
            });
            await Task.Yield();
            throw new ArithmeticException();
        });
        if (lambda)
            Assert.IsType<FormatException>(carried[1]);
        else
            Assert.Contains(_reports.Exceptions, exception => exception is FormatException);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_child_fails_and_then_the_body_throws_its_own(bool lambda)
    {
        var carried = await Fails<FormatException>(lambda, async group =>
        {
            group.Spawn(_ => throw new FormatException());
            await Task.Yield();
            throw new ArithmeticException();
        });
        Assert.Equal(lambda ? 2 : 1, carried.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_outer_token_is_cancelled(bool lambda)
    {
        using var outer = new CancellationTokenSource();
        var run = Run(
            lambda,
            group =>
            {
                group.Spawn(ct => ct.UntilCancelled());
                outer.Cancel();
                return Task.CompletedTask;
            },
            outer.Token);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task An_early_return_waits_for_what_is_not_done()
    {
        var written = false;
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(async group =>
        {
            group.Spawn(async ct =>
            {
                await gate.Task.WaitAsync(ct);
                written = true;
            });
            await Task.Yield();
            return 42;
        });
        gate.SetResult();
        Assert.Equal(42, await run.Soon());
        Assert.True(written);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_child_is_cancelled_by_something_else(bool lambda)
    {
        await Fails<TaskCanceledException>(lambda, async group =>
        {
            group.Spawn(_ => throw new TaskCanceledException("The request timed out."));
            await group.CancellationToken.UntilCancelled();
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_body_awaits_the_failed_child(bool lambda)
    {
        var carried = await Fails<FormatException>(lambda, async group => await group.Run(FailSoon));
        Assert.Single(carried);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_child_spawns_while_the_group_drains(bool lambda)
    {
        var late = false;
        var gate = new TaskCompletionSource();
        var run = Run(lambda, group =>
        {
            group.Spawn(async _ =>
            {
                await gate.Task;
                group.Spawn(async _ =>
                {
                    await Task.Yield();
                    late = true;
                });
            });
            return Task.CompletedTask;
        });
        gate.SetResult();
        await run.Soon();
        Assert.True(late);
    }

    [Fact]
    public async Task Awaiting_throws_the_first_failure_as_itself_so_that_a_typed_catch_still_catches()
    {
        var caught = false;
        try
        {
            await TaskGroup.RunAsync(
                group =>
                {
                    group.Spawn(_ => throw new FormatException());
                    group.Spawn(_ => throw new ArithmeticException());
                },
                TaskGroupOptions.Collect);
        }
        catch (FormatException)
        {
            caught = true;
        }
        Assert.True(caught);
    }

    [Fact]
    public async Task Only_the_token_interrupts_the_body_and_a_stuck_one_is_an_event()
    {
        using var events = new Events();
        var clock = new ManualClock();
        var never = new TaskCompletionSource();
        var options = new TaskGroupOptions
        {
            Name = Guid.NewGuid().ToString(),
            StuckBodyWarning = TimeSpan.FromSeconds(3),
            TimeProvider = clock,
        };
        var run = TaskGroup.RunAsync(
            async group =>
            {
                group.Spawn(_ => throw new FormatException());
                await never.Task;
            },
            options);
        Assert.DoesNotContain(events.All, text => text.StartsWith($"UnobservedFailure: {options.Name}"));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains(
            events.All,
            text => text.StartsWith($"UnobservedFailure: {options.Name} | System.TimeoutException"));
        Assert.False(run.IsCompleted);
        never.SetResult();
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public async Task A_cancelled_group_that_nobody_completes_is_reported()
    {
        var clock = new ManualClock();
        var options = _reports.Options();
        options.TimeProvider = clock;
        var group = TaskGroup.Open(options);
        group.Cancel();
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("neither completed nor disposed", Assert.Single(_reports.Exceptions).Message);
        await group.CompleteAsync();
    }

    [Fact]
    public async Task What_takes_no_place_starts_in_a_full_group()
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                var gate = new TaskCompletionSource();
                var served = false;
                group.Spawn(_ => gate.Task);
                group.RunService(ct =>
                {
                    served = true;
                    return ct.UntilCancelled();
                });
                Assert.True(served);
                Assert.Equal(1, await group.StartAsync<int>((signal, _) =>
                {
                    signal.SetStarted(1);
                    return gate.Task;
                }));
                group.Track(gate.Task);
                Assert.Equal(3, group.RunningCount);
                Assert.Equal(0, group.QueuedCount);
                gate.SetResult();
            },
            new TaskGroupOptions { MaxConcurrency = 1 }).Soon();
    }

    private static async Task FailSoon(CancellationToken cancellationToken)
    {
        await Task.Yield();
        throw new FormatException();
    }

    private async Task<IReadOnlyList<Exception>> Fails<T>(bool lambda, Func<TaskGroup, Task> body)
        where T : Exception
    {
        TaskGroup? kept = null;
        var run = Run(lambda, group =>
        {
            kept = group;
            return body(group);
        });
        var thrown = await Assert.ThrowsAsync<T>(() => run.Soon());
        // What is thrown in the scope form is the body's; the group knows its own.
        var own = kept!.Completion.Exception?.InnerExceptions.ToArray() ?? [];
        return own.Contains(thrown) ? own : [thrown, .. own];
    }

    private Task Run(bool lambda, Func<TaskGroup, Task> body, CancellationToken cancellationToken = default)
    {
        return lambda ? TaskGroup.RunAsync(body, _reports.Options(), cancellationToken) : OpenAsync();

        async Task OpenAsync()
        {
            await using var group = TaskGroup.Open(_reports.Options(), cancellationToken);
            await body(group);
            await group.CompleteAsync();
        }
    }
}
