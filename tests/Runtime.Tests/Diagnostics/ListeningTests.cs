using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Diagnostics;

/// <summary>What those are told who listen to <c>ScopedTasks</c>; it is the process's: nothing runs beside.</summary>
[Collection(nameof(Alone))]
public sealed class ListeningTests
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Events_tell_the_life_of_groups_and_children()
    {
        using var events = new Events();
        var run = TaskGroup.RunAsync(
            async outer =>
            {
                var id = outer.GetHashCode();
                outer.Spawn(_ => Task.CompletedTask, "quick");
                await TaskGroup.ForEachAsync([1], (_, _) => Task.CompletedTask, new TaskGroupOptions { Name = "loop" });
                Assert.Contains($"GroupOpened: {id} | outer {_id} | 0", events.All);
                Assert.Contains($"ChildStarted: {id} | outer {_id} | quick", events.All);
                Assert.Contains(events.All, text => text.StartsWith("GroupO") && text.EndsWith($" | loop | {id}"));
                Assert.Contains(events.All, text => text.Contains(" | loop | Succeeded"));
                outer.Spawn(_ => throw new FormatException("bad " + _id), "broken");
                Assert.Contains(
                    $"ChildFailed: {id} | outer {_id} | broken | System.FormatException | bad {_id}",
                    events.All);
            },
            new TaskGroupOptions { Name = "outer " + _id });
        await run.Ended();
        Assert.IsType<FormatException>(Assert.Single(run.Exception!.InnerExceptions));
        Assert.Contains(events.All, text => text.Contains($" | outer {_id} | Failed"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Children_of_every_kind_start_under_the_name_that_they_were_given(int limit)
    {
        using var events = new Events();
        var id = 0;
        await TaskGroup.RunAsync(
            async group =>
            {
                id = group.GetHashCode();
                group.Spawn(_ => _gate.Task, "spawned");
                _ = group.Run(_ => Task.CompletedTask, "run");
                _ = group.Run(_ => Task.FromResult(1), "run for a value");
                var spawning = group.SpawnAsync(_ => Task.CompletedTask, "awaited");
                group.SpawnOnThreadPool(_ => { }, "on the pool");
                _ = group.RunOnThreadPool(_ => { }, "run on the pool");
                _ = group.RunOnThreadPool(_ => 1, "run on the pool for a value");
                await group.StartAsync<int>(
                    (signal, _) =>
                    {
                        signal.SetStarted(1);
                        return Task.CompletedTask;
                    },
                    "started");
                group.RunService(_ => Task.CompletedTask, "served");
                _gate.SetResult();
                await spawning;
            },
            new TaskGroupOptions { MaxConcurrency = limit, Name = _id }).Soon();
        string[] names =
        [
            "spawned", "run", "run for a value", "awaited", "on the pool", "run on the pool",
            "run on the pool for a value", "started", "served",
        ];
        Assert.All(names, name => Assert.Contains($"ChildStarted: {id} | {_id} | {name}", events.All));
    }

    [Theory]
    [InlineData(true, "Succeeded")]
    [InlineData(false, "Failed")]
    public async Task A_race_that_is_won_has_succeeded_though_the_losers_were_cancelled(bool isWon, string outcome)
    {
        using var events = new Events();
        await TaskGroup.RunAsync(async outer =>
        {
            var id = 0;
            var race = TaskGroup.RaceAsync<int>(
                [
                    async token =>
                    {
                        id = outer.GetNestedGroups().Single().GetHashCode();
                        if (isWon)
                            await token.UntilCancelled();
                        throw new FormatException();
                    },
                    _ => isWon ? Task.FromResult(1) : Task.FromException<int>(new FormatException()),
                ]);
            await race.Ended();
            Assert.Contains($"GroupEnded: {id} |  | {outcome}", events.All);
        });
    }

    [Fact]
    public async Task Events_tell_how_a_group_ended()
    {
        using var events = new Events();
        await TaskGroup.RunAsync(group => group.Cancel(), new TaskGroupOptions { Name = "quiet " + _id });
        Assert.Contains(events.All, text => text.Contains($" | quiet {_id} | Cancelled"));
        var races = events.All.Count(text => text.EndsWith(" | Succeeded"));
        await TaskGroup.RaceAsync([_ => Task.FromResult(1)]);
        Assert.Equal(races + 1, events.All.Count(text => text.EndsWith(" | Succeeded")));
    }

    [Fact]
    public async Task Events_tell_which_children_run_on_in_a_cancelled_group()
    {
        using var events = new Events();
        var clock = new ManualClock();
        TaskGroup? opened = null;
        var run = TaskGroup.RunAsync(
            group =>
            {
                opened = group;
                group.Spawn(_ => _gate.Task, "deaf");
                clock.Advance(TimeSpan.FromSeconds(5));
                group.Spawn(token => Task.Delay(Timeout.Infinite, token), "polite");
                group.Cancel();
            },
            new TaskGroupOptions { Name = _id, TimeProvider = clock, StuckBodyWarning = TimeSpan.FromSeconds(10) });
        await Wait.Until(() => opened!.RunningCount == 1);
        Assert.DoesNotContain(events.All, text => text.StartsWith("ChildStuck") && text.Contains(_id));

        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.EndsWith(
            $" | {_id} | deaf | 15",
            Assert.Single(events.All, text => text.StartsWith("ChildStuck") && text.Contains(_id)));
        _gate.SetResult();
        await run;
    }

    [Fact]
    public async Task Nobody_who_does_not_listen_is_told()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        await TaskGroup.RunAsync(static _ => { });
        before = GC.GetAllocatedBytesForCurrentThread();
        await TaskGroup.RunAsync(static _ => { });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 600);
    }

    [Fact]
    public async Task Counters_tell_groups_children_and_failures()
    {
        var before = GroupTotals.Now();
        var failures = LiveGroups.FailureCount;
        using var counters = new Counters();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => _gate.Task);
                group.Spawn(_ => _gate.Task);
                group.Spawn(_ => Task.CompletedTask);
                group.Spawn(_ => Task.CompletedTask);
                group.Spawn(_ => Task.CompletedTask);
                group.Track(Task.FromException(new FormatException()));
            },
            new TaskGroupOptions { MaxConcurrency = 2, FailureMode = TaskGroupFailureMode.Collect });

        await counters.Shows("groups", before.Groups + 1);
        await counters.Shows("running-children", before.Running + 2);
        await counters.Shows("queued-children", before.Queued + 3);
        await counters.Shows("total-failures", failures + 1);
        _gate.SetResult();
        await run.Ended();
        await counters.Shows("groups", before.Groups);
        await counters.Shows("running-children", before.Running);
        Assert.Contains("failures", counters.Names);
        Assert.Contains("groups-opened", counters.Names);
    }

    [Fact]
    public async Task A_meter_tells_the_same()
    {
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "ScopedTasks")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        await TaskGroup.RunAsync(_ => { });
        listener.Start();
        listener.RecordObservableInstruments();
        var before = seen.ToDictionary();

        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => _gate.Task);
                group.Spawn(_ => Task.CompletedTask);
                group.Track(Task.FromException(new FormatException()));
            },
            new TaskGroupOptions { MaxConcurrency = 1, FailureMode = TaskGroupFailureMode.Collect });
        listener.RecordObservableInstruments();
        var changes = seen.ToDictionary(entry => entry.Key, entry => entry.Value - before[entry.Key]);
        _gate.SetResult();
        await run.Ended();

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["scoped_tasks.groups"] = 1,
                ["scoped_tasks.children.running"] = 1,
                ["scoped_tasks.children.queued"] = 1,
                ["scoped_tasks.loops.tasks"] = 0,
                ["scoped_tasks.loops.run_queue"] = 0,
                ["scoped_tasks.failures"] = 1,
                ["scoped_tasks.groups.opened"] = 1,
            },
            changes);
    }

    [Fact]
    public void Event_loops_tell_how_much_they_have_to_do()
    {
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("scoped_tasks.loops", StringComparison.Ordinal))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            listener.RecordObservableInstruments();
            var before = seen.ToDictionary();
            group.Spawn(Ends());
            group.Spawn(Ends());
            listener.RecordObservableInstruments();

            Assert.Equal(2, seen["scoped_tasks.loops.tasks"] - before["scoped_tasks.loops.tasks"]);
            Assert.Equal(2, seen["scoped_tasks.loops.run_queue"] - before["scoped_tasks.loops.run_queue"]);
            await Coroutine.Yield();
        }));

        static async Coroutine Ends() => await Coroutine.Checkpoint();
    }

    [Fact]
    public async Task A_named_group_is_a_span_around_what_runs_in_it()
    {
        using var spans = new Spans(_id);
        using var request = new Activity("request").Start();
        Activity? body = null;
        Activity? child = null;
        var run = TaskGroup.RunAsync(
            async group =>
            {
                body = Activity.Current;
                group.Spawn(async _ =>
                {
                    await _gate.Task;
                    child = Activity.Current;
                });
                group.Spawn(_ => Task.CompletedTask);
                await Task.Yield();
            },
            new TaskGroupOptions { Name = _id });
        Assert.Same(request, Activity.Current);
        Assert.Empty(spans.Stopped);
        _gate.SetResult();
        await run;
        Assert.Same(request, Activity.Current);

        var span = Assert.Single(spans.Stopped);
        Assert.Same(span, body);
        Assert.Same(span, child);
        Assert.Same(request, span.Parent);
        Assert.Equal(_id, span.OperationName);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(2, span.GetTagItem("scoped_tasks.children"));
        Assert.Equal(0, span.GetTagItem("scoped_tasks.failures"));
        Assert.Equal("succeeded", span.GetTagItem("scoped_tasks.outcome"));
    }

    [Fact]
    public async Task A_span_of_a_failed_group_has_the_status_error_and_all_failures()
    {
        using var spans = new Spans(_id);
        var options = TaskGroupOptions.Collect;
        options.Name = _id;
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => throw new FormatException("first"));
                group.Spawn(_ => throw new InvalidOperationException("second"));
            },
            options);
        await run.Ended();

        var span = Assert.Single(spans.Stopped);
        Assert.Equal((ActivityStatusCode.Error, "first"), (span.Status, span.StatusDescription));
        Assert.Equal("failed", span.GetTagItem("scoped_tasks.outcome"));
        Assert.Equal(2, span.GetTagItem("scoped_tasks.failures"));
        Assert.Equal(
            ["System.FormatException: first", "System.InvalidOperationException: second"],
            span.Events.Select(failure =>
            {
                var tags = failure.Tags.ToDictionary();
                return $"{tags["exception.type"]}: {tags["exception.message"]}";
            }));
    }

    [Fact]
    public async Task A_span_tells_why_its_group_was_cancelled()
    {
        using var spans = new Spans(_id);
        await TaskGroup.RunAsync(group => group.Cancel("enough"), new TaskGroupOptions { Name = _id });
        var span = Assert.Single(spans.Stopped);
        Assert.Equal("cancelled", span.GetTagItem("scoped_tasks.outcome"));
        Assert.Equal("enough", span.GetTagItem("scoped_tasks.cancellation_reason"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task A_span_of_the_scope_form_leaves_the_code_around_it_alone()
    {
        using var spans = new Spans(_id);
        using var request = new Activity("request").Start();
        await using (var group = TaskGroup.Open(new TaskGroupOptions { Name = _id }))
        {
            Assert.Same(request, Activity.Current);
            await group.CompleteAsync();
        }
        Assert.Same(request, Assert.Single(spans.Stopped).Parent);
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public async Task Whoever_ends_a_group_keeps_his_own_activity()
    {
        using var spans = new Spans(_id);
        var end = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group => group.Track(end.Task), new TaskGroupOptions { Name = _id });
        using var other = new Activity("other").Start();
        end.SetResult();
        Assert.Same(other, Activity.Current);
        await run;
        Assert.Single(spans.Stopped);
    }

    [Fact]
    public async Task A_group_without_a_name_is_no_span()
    {
        using var spans = new Spans(id: null);
        await TaskGroup.RunAsync(_ => Assert.Null(Activity.Current));
        Assert.Empty(spans.Stopped);
    }

    /// <summary>Keeps the tests apart from all others, whose groups would be counted too.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    /// <summary>Reads the counters as <c>dotnet-counters</c> does.</summary>
    private sealed class Counters : EventListener
    {
        private readonly ConcurrentDictionary<string, double> _last = new();

        public IEnumerable<string> Names => _last.Keys;

        /// <summary>Waits until a counter has a value.</summary>
        public async Task Shows(string counter, double value)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!_last.TryGetValue(counter, out var last) || last != value)
                await Task.Delay(10, patience.Token);
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name != "ScopedTasks")
                return;
            var everyTenth = new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "0.1" };
            EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.None, everyTenth);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName != "EventCounters")
                return;
            var values = (IDictionary<string, object>)eventData.Payload![0]!;
            var value = values.TryGetValue("Mean", out var mean) ? mean : values["Increment"];
            _last[(string)values["Name"]] = (double)value;
        }
    }

    /// <summary>Collects the spans of a name that have ended.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _stopped = new();
        private readonly ActivityListener _listener;

        public Spans(string? id)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "ScopedTasks",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (id is null || activity.OperationName == id)
                        _stopped.Enqueue(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Stopped => [.. _stopped];

        public void Dispose() => _listener.Dispose();
    }
}
