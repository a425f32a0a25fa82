using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Many children, many groups, many failures, and many threads.</summary>
public sealed class StressTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public async Task A_hundred_thousand_children_in_one_group(int limit)
    {
        var ended = 0;
        // On the thread pool: the test's own context is slow.
        await Task.Run(() => TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 100_000; i++)
                {
                    group.Spawn(async _ =>
                    {
                        await Task.Yield();
                        Interlocked.Increment(ref ended);
                    });
                }
            },
            new TaskGroupOptions { MaxConcurrency = limit })).Soon();
        Assert.Equal(100_000, ended);
    }

    [Fact]
    public async Task A_hundred_thousand_groups_on_one_long_lived_token_leave_nothing()
    {
        using var outer = new CancellationTokenSource();
        var groups = await Create(outer.Token);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(0, groups.Count(group => group.IsAlive));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<List<WeakReference>> Create(CancellationToken token)
        {
            var groups = new List<WeakReference>();
            for (var i = 0; i < 100_000; i++)
            {
                await TaskGroup.RunAsync(
                    group =>
                    {
                        groups.Add(new WeakReference(group));
                        group.Spawn(_ => Task.CompletedTask);
                    },
                    token);
            }
            return groups;
        }
    }

    [Theory]
    [InlineData(20_000, false)]
    [InlineData(1_000, true)]
    public async Task Nested_groups_end_without_a_deep_stack(int depth, bool fails)
    {
        var gate = new TaskCompletionSource();
        using var outer = new CancellationTokenSource();
        async Task Nest(int rest, CancellationToken ct)
        {
            await Task.Yield();
            if (rest > 0)
            {
                await TaskGroup.RunAsync(
                    async group =>
                    {
                        group.Spawn(token => Nest(rest - 1, token));
                        await Task.Yield();
                    },
                    ct);
                return;
            }
            gate.SetResult();
            if (fails)
                throw new FormatException();
            await ct.UntilCancelled();
        }

        var run = Task.Run(() => Nest(depth, outer.Token));
        await gate.Task.Soon();
        outer.Cancel();
        await run.Ended();
        Assert.Equal(fails ? TaskStatus.Faulted : TaskStatus.Canceled, run.Status);
    }

    [Fact]
    public async Task A_thousand_simultaneous_failures_leave_none_unobserved()
    {
        var mark = Guid.NewGuid().ToString();
        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> handler = (_, e) =>
        {
            if (e.Exception.ToString().Contains(mark))
                Interlocked.Increment(ref unobserved);
        };
        TaskScheduler.UnobservedTaskException += handler;
        try
        {
            await Fail(mark);
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= handler;
        }
        Assert.Equal(0, unobserved);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task Fail(string mark)
        {
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var options = TaskGroupOptions.Collect;
            options.MaxConcurrency = 1000;
            var run = TaskGroup.RunAsync(
                group =>
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        var index = i;
                        async Task<int> Work(CancellationToken ct)
                        {
                            await start.Task;
                            await Task.Yield();
                            throw new FormatException($"{mark} {index}");
                        }

                        // Every way in, and no handle is looked at; the last ones wait in the queue.
                        _ = (index % 4) switch
                        {
                            0 => group.Run(Work),
                            1 => group.Run((Func<CancellationToken, Task>)Work),
                            2 => group.RunOnThreadPool(_ => throw new FormatException($"{mark} {index}")),
                            _ => group.Run(_ => throw new FormatException($"{mark} {index}")),
                        };
                    }
                    for (var i = 0; i < 10; i++)
                    {
                        _ = group.Run<int>(_ => throw new FormatException(mark));
                        _ = group.Run(_ => throw new FormatException(mark));
                    }
                    start.SetResult();
                },
                options);
            await run.Ended();
            Assert.Equal(1020, run.Exception!.InnerExceptions.Count);
        }
    }

    [Fact]
    public async Task Every_item_is_counted_once_however_fast_its_place_is_used_again()
    {
        var items = Enumerable.Range(0, 20_000).ToArray();
        for (var round = 0; round < 100; round++)
        {
            var ended = 0;
            await Task.Run(() => TaskGroup.ForEachAsync(items, EndAsync, maxConcurrency: 16));
            Assert.Equal(items.Length, ended);

            async Task EndAsync(int item, CancellationToken cancellationToken)
            {
                await Task.Yield();
                Interlocked.Increment(ref ended);
            }
        }
    }

    [Fact]
    public async Task TaskGroup_ForgetsFinishedChildren()
    {
        var group = TaskGroup.Open();
        var gate = new TaskCompletionSource();
        group.Spawn(_ => gate.Task);
        var states = SpawnMany(group);
        await Wait.Until(() => group.RunningCount == 1);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(states.Count(state => state.IsAlive), 0, 2);
        gate.SetResult();
        await group.CompleteAsync().Soon();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> SpawnMany(TaskGroup group)
        {
            var states = new List<WeakReference>();
            for (var i = 0; i < 1000; i++)
            {
                var state = new object();
                states.Add(new WeakReference(state));
                group.Spawn(async _ =>
                {
                    await Task.Yield();
                    GC.KeepAlive(state);
                });
            }
            return states;
        }
    }

    [Fact]
    public async Task A_hundred_thousand_nested_scopes_are_left_without_a_deep_stack()
    {
        var left = 0;
        var bottom = new TaskCompletionSource();
        async Task Nest(int rest, CancellationToken ct)
        {
            await Task.Yield();
            if (rest == 0)
            {
                bottom.SetResult();
                await ct.UntilCancelled();
                return;
            }
            using var scope = new CancelScope(ct);
            try
            {
                await Nest(rest - 1, scope.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                left++;
            }
        }

        using var outer = new CancelScope();
        var run = Task.Run(() => Nest(100_000, outer.Token));
        await bottom.Task.Soon();
        outer.Cancel();
        await run.Soon();
        Assert.Equal(100_000, left);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_child_outlives_its_group_and_no_failure_is_lost(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            try
            {
                await new Interleaving(random.Next()).RunAsync();
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"In round {round} of seed {seed}: {exception}", exception);
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task No_item_is_started_twice_or_beyond_the_limit_or_outlives_its_loop(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var loop = new Loop(random.Next());
            // On the thread pool: under the test's own context items would end one after another.
            await Task.Run(loop.RunAsync).Soon();
        }
    }

    /// <summary>One loop whose items end at once, soon or late, well or badly.</summary>
    private sealed class Loop(int seed)
    {
        private readonly CancellationTokenSource _outer = new();
        private readonly Random _random = new(seed);
        private int _started;
        private int _running;
        private int _failures;

        public async Task RunAsync()
        {
            var limit = _random.Next(8) is var some and > 0 ? some : -1;
            var count = _random.Next(40);
            var fails = _random.Next(3) == 0;
            var options = new TaskGroupOptions
            {
                MaxConcurrency = limit,
                FailureMode = (TaskGroupFailureMode)_random.Next(2),
            };
            var cancels = _random.Next(4) == 0 ? _random.Next(40) : -1;
            var items = Enumerable.Range(0, count);
            var run = fails
                ? TaskGroup.ForEachAsync(items, StartAsync, options, _outer.Token)
                : TaskGroup.SelectAsync(items, StartAsync, limit, _outer.Token);
            await run.Ended();

            Assert.Equal(0, Volatile.Read(ref _running));
            Assert.Equal(_failures, run.Exception?.InnerExceptions.Count ?? 0);
            if (run is Task<int[]> { IsCompletedSuccessfully: true } select)
                Assert.Equal(items, select.Result);
            if (run.IsCompletedSuccessfully)
                Assert.Equal(count, _started);
            else
                Assert.True(_failures > 0 || cancels >= 0);

            Task<int> StartAsync(int item, CancellationToken cancellationToken)
            {
                Assert.Equal(item, _started++);
                Assert.InRange(Interlocked.Increment(ref _running), 1, limit == -1 ? count : limit);
                if (item == cancels)
                    _outer.Cancel();
                return EndAsync(item, _random.Next(4), fails && _random.Next(8) == 0);
            }
        }

        private async Task<int> EndAsync(int item, int turns, bool fails)
        {
            for (; turns > 0; turns--)
                await Task.Yield();
            Interlocked.Decrement(ref _running);
            if (!fails)
                return item;
            Interlocked.Increment(ref _failures);
            throw new FormatException();
        }
    }

    /// <summary>One group, four threads, and children that do anything.</summary>
    private sealed class Interleaving(int seed)
    {
        private readonly ConcurrentBag<Exception> _thrown = [];
        private readonly ConcurrentBag<Task> _handles = [];
        private readonly Reports _reports = new();
        private readonly CancellationTokenSource _outer = new();
        private TaskGroup? _group;
        private int _alive;
        private int _owned;
        private int _disposed;
        private int _cutShort;

        public async Task RunAsync()
        {
            var random = new Random(seed);
            var options = _reports.Options((TaskGroupFailureMode)random.Next(3));
            options.MaxConcurrency = random.Next(2) == 0 ? -1 : random.Next(1, 4);
            var scope = random.Next(2) == 0;
            var seeds = Enumerable.Range(0, 4).Select(_ => random.Next()).ToArray();
            Task Body(TaskGroup group)
            {
                _group = group;
                return Task.WhenAll(seeds.Select(s => Task.Run(() => ActAsync(group, new Random(s)))));
            }

            var run = scope ? InScopeForm(Body, options) : TaskGroup.RunAsync(Body, options, _outer.Token);
            await run.Ended();

            var outcome = _group!.Completion;
            Assert.True(outcome.IsCompleted);
            Assert.Equal(0, Volatile.Read(ref _alive));
            Assert.Equal(_owned, Volatile.Read(ref _disposed));
            Assert.All(_handles, handle => Assert.True(handle.IsCompleted));
            var kept = outcome.Exception?.InnerExceptions.ToArray() ?? [];
            Assert.Equal(kept.Distinct(), kept);
            Assert.All(kept, exception => Assert.Contains(exception, _thrown));
            // What fails before it has started is its starter's: only the handle has it.
            var ofHandles = _handles.Where(handle => handle.IsFaulted).SelectMany(h => h.Exception!.InnerExceptions);
            var known = kept.Concat(_reports.Exceptions).Concat(ofHandles).ToHashSet();
            Assert.All(_thrown, exception => Assert.Contains(exception, known));
            if (!outcome.IsFaulted && _outer.IsCancellationRequested && Volatile.Read(ref _cutShort) > 0)
                Assert.True(outcome.IsCanceled);
            if (!outcome.IsFaulted && !_outer.IsCancellationRequested)
                Assert.True(outcome.IsCompletedSuccessfully);
        }

        private async Task InScopeForm(Func<TaskGroup, Task> body, TaskGroupOptions options)
        {
            await using var group = TaskGroup.Open(options, _outer.Token);
            await body(group);
            if (options.MaxConcurrency == 1)
                return;
            await group.CompleteAsync();
        }

        private async Task ActAsync(TaskGroup group, Random random)
        {
            for (var i = 0; i < 12; i++)
            {
                var child = random.Next();
                switch (random.Next(32))
                {
                    case 0:
                        group.Cancel();
                        break;
                    case 1:
                        _outer.Cancel();
                        break;
                    case 2 when random.Next(4) == 0:
                        group.Fail(Remember(new ArithmeticException($"{child}")));
                        break;
                    case < 5:
                        await Task.Yield();
                        break;
                    case < 9:
                        _handles.Add(group.Run(ct => ChildAsync(group, child, 0, ct)));
                        break;
                    case < 12:
                        group.SpawnOnThreadPool(_ => Leave(Enter()));
                        break;
                    case < 15 when !group.IsCancellationRequested:
                        await group.SpawnAsync(ct => ChildAsync(group, child, 0, ct));
                        break;
                    case < 17:
                        group.Track(ChildAsync(group, child, 3, group.CancellationToken));
                        break;
                    case < 19:
                        _handles.Add(group.StartAsync<int>((signal, ct) => StartAsync(group, signal, child, ct)));
                        break;
                    case 19:
                        group.RunService(ServeAsync);
                        break;
                    case 20:
                        Interlocked.Increment(ref _owned);
                        group.Own(new Owned(this));
                        break;
                    case 21:
                        group.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
                        break;
                    case 22:
                        Assert.InRange(group.RunningCount, 0, 1000);
                        Assert.InRange(group.QueuedCount, 0, 1000);
                        Assert.DoesNotContain(group.GetChildren(), info => info.Status == TaskStatus.Created);
                        break;
                    default:
                        group.Spawn(ct => ChildAsync(group, child, 0, ct));
                        break;
                }
            }
        }

        private async Task StartAsync(TaskGroup group, StartSignal<int> signal, int seed, CancellationToken ct)
        {
            if (seed % 3 == 0)
                await ChildAsync(group, seed, 3, ct);
            signal.SetStarted(seed);
            await ChildAsync(group, seed, 3, ct);
        }

        private async Task ServeAsync(CancellationToken ct)
        {
            var entered = Enter();
            try
            {
                await ct.UntilCancelled();
            }
            finally
            {
                Leave(entered);
            }
        }

        private async Task ChildAsync(TaskGroup group, int seed, int depth, CancellationToken ct)
        {
            var entered = Enter();
            try
            {
                var random = new Random(seed);
                for (var i = random.Next(4); i > 0; i--)
                    await Task.Yield();
                var child = random.Next();
                switch (random.Next(12))
                {
                    case 0:
                        throw Remember(new FormatException($"{seed}"));
                    case 1 when group.IsCancellationRequested:
                        await ct.UntilCancelled();
                        break;
                    case < 4 when depth < 3:
                        group.Spawn(token => ChildAsync(group, child, depth + 1, token));
                        break;
                    case 5:
                        ct.ThrowIfCancellationRequested();
                        break;
                }
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _cutShort);
                throw;
            }
            finally
            {
                Leave(entered);
            }
        }

        private Exception Remember(Exception exception)
        {
            _thrown.Add(exception);
            return exception;
        }

        private bool Enter()
        {
            Interlocked.Increment(ref _alive);
            return true;
        }

        private void Leave(bool entered)
        {
            Assert.True(entered);
            Interlocked.Decrement(ref _alive);
        }

        /// <summary>Counts that it was disposed, and that nothing was running any more.</summary>
        private sealed class Owned(Interleaving round) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                Assert.Equal(0, Volatile.Read(ref round._alive));
                await Task.Yield();
                Interlocked.Increment(ref round._disposed);
            }
        }
    }
}
