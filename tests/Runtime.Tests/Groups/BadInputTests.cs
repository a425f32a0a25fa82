using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>What is refused, with which exception, and what its message says to do.</summary>
public sealed class BadInputTests
{
    /// <summary>Every member that starts something, called on a group that has ended.</summary>
    public static TheoryData<string> Starts => new(s_starts.Keys);

    private static readonly Dictionary<string, Func<TaskGroup, object?>> s_starts = new()
    {
        ["Spawn"] = group => Do(() => group.Spawn(_ => Task.CompletedTask)),
        ["Run"] = group => group.Run(_ => Task.CompletedTask),
        ["Run with a value"] = group => group.Run(_ => Task.FromResult(1)),
        ["SpawnAsync"] = group => group.SpawnAsync(_ => Task.CompletedTask),
        ["SpawnOnThreadPool"] = group => Do(() => group.SpawnOnThreadPool(_ => { })),
        ["RunOnThreadPool"] = group => group.RunOnThreadPool(_ => { }),
        ["RunOnThreadPool with a value"] = group => group.RunOnThreadPool(_ => 1),
        ["StartAsync"] = group => group.StartAsync<int>((_, _) => Task.CompletedTask),
        ["RunService"] = group => Do(() => group.RunService(_ => Task.CompletedTask)),
        ["Track"] = group => Do(() => group.Track(Task.CompletedTask)),
        ["Own"] = group => Do(() => group.Own(new CancelScope())),
    };

    /// <summary>The same, in groups that are bounded and full, or not.</summary>
    public static TheoryData<string, int> StartsInAnyGroup
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var start in s_starts.Keys)
            {
                data.Add(start, -1);
                data.Add(start, 1);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(StartsInAnyGroup))]
    public async Task Nothing_starts_in_a_group_that_has_ended(string start, int limit)
    {
        var group = TaskGroup.Open(new TaskGroupOptions { Name = "import", MaxConcurrency = limit });
        await group.CompleteAsync();
        var exception = AtOnce.Throws<InvalidOperationException>(() => s_starts[start](group));
        Assert.Equal(
            "The task group 'import' has ended. Start work before the body and all other children are done.",
            exception.Message);
        Assert.Equal(0, group.RunningCount);
        Assert.Equal(0, group.QueuedCount);
    }

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task Nothing_starts_in_a_group_that_was_disposed(string start)
    {
        var group = TaskGroup.Open();
        await group.DisposeAsync();
        AtOnce.Throws<InvalidOperationException>(() => s_starts[start](group));
    }

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task What_a_finished_child_left_behind_starts_nothing(string start)
    {
        var ended = new TaskCompletionSource();
        Task? leftover = null;
        await TaskGroup.RunAsync(group => group.Spawn(_ =>
        {
            leftover = Late(group);
            return Task.CompletedTask;
        }));
        ended.SetResult();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => leftover!.Soon());
        Assert.Contains("Start work before the body and all other children are done", exception.Message);

        async Task Late(TaskGroup group)
        {
            await ended.Task;
            s_starts[start](group);
        }
    }

    [Fact]
    public async Task A_group_is_completed_exactly_once()
    {
        var group = TaskGroup.Open(new TaskGroupOptions { Name = "import" });
        await group.CompleteAsync();
        Assert.Equal(
            "The task group 'import' was completed before; complete a group exactly once.",
            AtOnce.Throws<InvalidOperationException>(group.CompleteAsync).Message);
    }

    [Fact]
    public async Task A_group_is_completed_before_it_is_disposed()
    {
        var group = TaskGroup.Open();
        await group.DisposeAsync();
        Assert.Equal(
            "The task group was disposed before; complete a group before it is disposed.",
            AtOnce.Throws<InvalidOperationException>(group.CompleteAsync).Message);
    }

    [Fact]
    public async Task A_group_of_RunAsync_ends_by_itself()
    {
        const string Message =
            "The task group belongs to a RunAsync, which completes it when its body has ended.";
        await TaskGroup.RunAsync(group =>
        {
            Assert.Equal(Message, AtOnce.Throws<InvalidOperationException>(group.CompleteAsync).Message);
            Assert.Equal(Message, AtOnce.Throws<InvalidOperationException>(() => group.DisposeAsync()).Message);
            group.Spawn(_ => Task.CompletedTask);
        });
    }

    [Fact]
    public async Task Disposing_while_open_says_what_to_do()
    {
        var reports = new Reports();
        var group = TaskGroup.Open(reports.Options());
        group.Spawn(ct => ct.UntilCancelled());
        await group.DisposeAsync().AsTask().Soon();
        var exception = Assert.IsType<InvalidOperationException>(Assert.Single(reports.Exceptions));
        Assert.Contains("Await CompleteAsync on every normal way out", exception.Message);
    }

    [Fact]
    public void Limits_say_what_they_take()
    {
        var options = new TaskGroupOptions();
        foreach (var limit in new[] { 0, -2, int.MinValue })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxConcurrency = limit);
            Assert.Contains("at least 1, or -1 for no limit", exception.Message);
            Assert.Equal(limit, exception.ActualValue);
            Rejects("maxConcurrency", () => TaskGroup.ForEachAsync([1], (_, _) => Task.CompletedTask, limit));
            Rejects("maxConcurrency", () => TaskGroup.ForEachAsync(Nothing(), (_, _) => Task.CompletedTask, limit));
            Rejects("maxConcurrency", () => TaskGroup.SelectAsync([1], (_, _) => Task.FromResult(1), limit));
            Rejects("maxConcurrency", () => TaskGroup.SelectAsync(Nothing(), (_, _) => Task.FromResult(1), limit));
            Rejects("maxConcurrency", () => TaskGroup.WhenAllAsync([_ => Task.CompletedTask], limit));
            Rejects("maxConcurrency", () => TaskGroup.WhenAllAsync([_ => Task.FromResult(1)], limit));
        }
        var total = Assert.Throws<ArgumentOutOfRangeException>("totalTokens", () => new CapacityLimiter(-1));
        Assert.Contains("0 lets nobody in", total.Message);
        total = Assert.Throws<ArgumentOutOfRangeException>("value", () => new CapacityLimiter(1).TotalTokens = -1);
        Assert.Contains("0 lets nobody in", total.Message);
    }

    [Fact]
    public async Task Timeouts_say_what_they_take()
    {
        var group = TaskGroup.Open();
        using var scope = new CancelScope();
        var options = new TaskGroupOptions();
        static Task Body(CancellationToken ct) => Task.CompletedTask;
        static Task<int> Value(CancellationToken ct) => Task.FromResult(1);
        foreach (var time in new[] { TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(-2), TimeSpan.MinValue })
        {
            Rejects("delay", () => Do(() => group.CancelAfter(time)));
            Rejects("delay", () => Do(() => scope.CancelAfter(time)));
            Rejects("value", () => options.Timeout = time);
            Rejects("value", () => options.StuckBodyWarning = time);
            Rejects("timeout", () => CancelScope.MoveOnAfterAsync(time, Body));
            Rejects("timeout", () => CancelScope.FailAfterAsync(time, Body));
            Rejects("timeout", () => CancelScope.FailAfterAsync(time, Value));
            Rejects("gracePeriod", () => CancelScope.ShieldAsync(Body, time));
            Rejects("gracePeriod", () => CancelScope.ShieldAsync(Value, time));
            var drain = Rejects("gracePeriod", () => BackgroundTasks.DrainAsync(time));
            Assert.Contains("zero, positive, or Timeout.InfiniteTimeSpan", drain.Message);
        }
        Assert.False(group.IsCancellationRequested);
        Assert.False(scope.IsCancellationRequested);
        Assert.Null(options.Timeout);
        await group.CompleteAsync();
    }

    [Fact]
    public void Modes_say_what_they_take()
    {
        var options = new TaskGroupOptions();
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => options.FailureMode = (TaskGroupFailureMode)3);
        Assert.Contains("CancelSiblings, Collect or Supervise", exception.Message);
        exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => options.ExceptionMode = (TaskGroupExceptionMode)(-1));
        Assert.Contains("First or Aggregate", exception.Message);
        Assert.Throws<ArgumentNullException>("value", () => options.TimeProvider = null!);
    }

    [Fact]
    public async Task A_null_task_says_what_to_return()
    {
        var run = TaskGroup.RunAsync(group => group.Spawn(_ => null!));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => run);
        Assert.Contains("Return Task.CompletedTask", exception.Message);
        run = TaskGroup.RunAsync((Func<TaskGroup, Task>)(_ => null!));
        await Assert.ThrowsAsync<InvalidOperationException>(() => run);
        run = CancelScope.RunAsync(_ => null!);
        await Assert.ThrowsAsync<InvalidOperationException>(() => run);
    }

    [Fact]
    public async Task A_start_without_its_signal_says_what_to_do()
    {
        await TaskGroup.RunAsync(async group =>
        {
            var nameless = group.StartAsync<int>((_, _) => Task.CompletedTask);
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => nameless);
            Assert.Equal(
                $"The child '{nameof(A_start_without_its_signal_says_what_to_do)}' exited without calling "
                + "SetStarted. Call it once the child is ready, or use Run.",
                exception.Message);
        });
    }

    [Fact]
    public void A_race_says_what_it_needs()
    {
        var exception = AtOnce.Throws<ArgumentException>(() => TaskGroup.RaceAsync<int>([]));
        Assert.Contains("at least one contender", exception.Message);
        exception = AtOnce.Throws<ArgumentException>(
            () => TaskGroup.RaceAsync<int>([_ => Task.FromResult(1), null!]));
        Assert.Contains("A contender is null", exception.Message);
    }

    private static async IAsyncEnumerable<int> Nothing()
    {
        await Task.CompletedTask;
        yield break;
    }

    private static ArgumentOutOfRangeException Rejects(string parameterName, Func<object?> call)
    {
        var exception = AtOnce.Throws<ArgumentOutOfRangeException>(call);
        Assert.Equal(parameterName, exception.ParamName);
        return exception;
    }

    private static object? Do(Action call)
    {
        call();
        return null;
    }

    [Fact]
    public void Every_overload_blames_the_delegate_that_is_null()
    {
        var calls = 0;
        foreach (var overload in typeof(TaskGroup).GetMethods(BindingFlags.Static | BindingFlags.Public))
        {
            var method = overload.IsGenericMethodDefinition
                ? overload.MakeGenericMethod([.. overload.GetGenericArguments().Select(_ => typeof(int))])
                : overload;
            var parameters = method.GetParameters();
            foreach (var blamed in parameters)
            {
                if (!typeof(Delegate).IsAssignableFrom(blamed.ParameterType))
                    continue;
                calls++;
                var arguments = parameters.Select(parameter => parameter == blamed ? null : Some(parameter)).ToArray();
                var thrown = Assert.Throws<TargetInvocationException>(() => method.Invoke(null, arguments));
                Assert.Equal(blamed.Name, Assert.IsType<ArgumentNullException>(thrown.InnerException).ParamName);
            }
        }
        Assert.InRange(calls, 80, 1_000);

        static object? Some(ParameterInfo parameter)
        {
            var type = parameter.ParameterType;
            if (type == typeof(TaskGroupOptions))
                return new TaskGroupOptions();
            if (type == typeof(IAsyncEnumerable<int>))
                return EmptyAsync();
            if (type == typeof(Func<CancellationToken, Task>))
                return (CancellationToken _) => Task.CompletedTask;
            if (type == typeof(Func<CancellationToken, Task<int>>))
                return (CancellationToken _) => Task.FromResult(1);
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                return Array.CreateInstance(type.GetGenericArguments()[0], 0);
            return type == typeof(int) ? 1 : type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        static async IAsyncEnumerable<int> EmptyAsync()
        {
            await Task.Yield();
            yield break;
        }
    }
}
