using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE404: work that a tick starts beside the last one's.</summary>
public sealed class OverlappingTickTests : RuleTests<OverlappingTickAnalyzer>
{
    [Fact]
    public Task Names_the_work_and_the_timer() =>
        Reports(
            Type("void M() { _timer = new Timer(o => { _ = [|RefreshAsync()|]; }, null, 0, 1000); }"),
            "'RefreshAsync' is started at every tick of 'Timer', whether or not the last one has ended; "
            + "await the work in a loop over a 'PeriodicTimer', or skip ticks while it runs");

    [Fact]
    public Task Names_the_event() =>
        Reports(
            Type("void M() => _watcher.Changed += (s, e) => [|RefreshAsync()|];"),
            "'RefreshAsync' is started at every 'FileSystemWatcher.Changed', whether or not the last one has ended; "
            + "hand the events to a bounded channel, and await the work in one loop");

    [Fact]
    public Task Speaks_of_no_PeriodicTimer_where_there_is_none() =>
        Reports(
            """
            using System.Threading;
            using System.Threading.Tasks;
            class C
            {
                Timer M() => new Timer(_ => [|RefreshAsync()|], null, 0, 1000);
                Task RefreshAsync() => Task.CompletedTask;
            }
            """,
            "'RefreshAsync' is started at every tick of 'Timer', whether or not the last one has ended; "
            + "let the timer fire once, and start it again when the work has ended",
            Code.NetStandard);

    [Theory]
    [InlineData("_timer = new Timer(_ => [|RefreshAsync()|], null, 0, 1000);")]
    [InlineData("_timer = new Timer(_ => [|RunAsync()|], null, 0, 1000);")]
    [InlineData("_timer = new Timer(o => { Interlocked.Increment(ref _state); _ = [|RefreshAsync()|]; }, null, 0, 9);")]
    [InlineData("_timer = new Timer(_ => _ = [|RefreshAsync()|], null, 0, 1000);")]
    [InlineData("_timer = new Timer([|async _ => await RefreshAsync()|], null, 0, 1000);")]
    [InlineData("_timer = new Timer([|async _ => { Log(); await RefreshAsync(); }|], null, 0, 1000);")]
    [InlineData("_timer = new Timer([|OnTickAsync|], null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData(
        "_timer = new Timer(new TimerCallback([|OnTickAsync|]), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData("_timer = new Timer(o => [|OnTickAsync(o)|], null, 0, 1000);")]
    [InlineData("_timer = new Timer(o => { Task.Run(() => Log()); }, null, 0, 1000);", "Task.Run(() => Log())")]
    [InlineData(
        "_timer = new Timer(o => { ThreadPool.QueueUserWorkItem(_ => Log()); }, null, 0, 9);",
        "ThreadPool.QueueUserWorkItem(_ => Log())")]
    [InlineData("_timer = new Timer(o => { new Thread(Log).Start(); }, null, 0, 9);", "new Thread(Log).Start()")]
    [InlineData(
        "_timer = new Timer(o => { BackgroundTasks.Spawn(ct => RefreshAsync()); }, null, 0, 9);",
        "BackgroundTasks.Spawn(ct => RefreshAsync())")]
    [InlineData("_timer = new Timer(o => { if (_on) { _ = [|RefreshAsync()|]; } }, null, 0, 9);")]
    [InlineData("_timer = new Timer(o => { foreach (var x in _all) _ = [|SendAsync(x)|]; }, null, 0, 9);")]
    [InlineData("_timer = new Timer(o => { try { [|RefreshAsync()|]; } catch (Exception) { } }, null, 0, 9);")]
    [InlineData("_timer = new Timer(_ => [|RefreshAsync()|]); _timer.Change(0, 1000);")]
    [InlineData("_timer = new Timer(_ => [|RefreshAsync()|], null, -1, -1); _timer.Change(0, 1000);")]
    [InlineData("var made = TimeProvider.System.CreateTimer(_ => [|RefreshAsync()|], null, TimeSpan.Zero, Second);")]
    [InlineData("_clock.Elapsed += (s, e) => [|RefreshAsync()|];")]
    [InlineData("_clock.Elapsed += [|async (s, e) => await RefreshAsync()|];")]
    [InlineData("_clock.Elapsed += [|OnElapsedAsync|];")]
    [InlineData("_clock.Elapsed += new System.Timers.ElapsedEventHandler([|OnElapsedAsync|]);")]
    [InlineData(
        "System.Timers.ElapsedEventHandler handler = [|async (s, e) => await RefreshAsync()|]; _clock.Elapsed += "
        + "handler;")]
    [InlineData("_clock.Elapsed += Tick; void Tick(object? s, EventArgs e) { _ = [|RefreshAsync()|]; }")]
    [InlineData("_clock.Elapsed += [|async delegate { await RefreshAsync(); }|];")]
    [InlineData("_watcher.Created += [|async (s, e) => await SendAsync(e.FullPath)|];")]
    [InlineData("_watcher.Renamed += (s, e) => { _ = [|SendAsync(e.OldName)|]; };")]
    public Task Reports_work_of_a_callback(string statements, string? work = null) =>
        Reports(Method(work is null ? statements : statements.Replace(work, $"[|{work}|]")));

    [Theory]
    [InlineData("while (await timer.WaitForNextTickAsync()) _ = [|RefreshAsync()|];")]
    [InlineData("while (await timer.WaitForNextTickAsync(token)) { _ = [|RefreshAsync()|]; }")]
    [InlineData("while (await timer.WaitForNextTickAsync(token).ConfigureAwait(false)) { _ = [|RefreshAsync()|]; }")]
    [InlineData("while (await timer.WaitForNextTickAsync() && _on) { _ = [|Task.Run(Log)|]; }")]
    [InlineData("while (true) { await timer.WaitForNextTickAsync(); _ = [|RefreshAsync()|]; }")]
    [InlineData("for (;;) { await timer.WaitForNextTickAsync(); var t = [|RefreshAsync()|]; }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { foreach (var x in _all) _ = [|SendAsync(x)|]; }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { await RefreshAsync(); _ = [|SendAsync(1)|]; }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { [|ThreadPool.QueueUserWorkItem(_ => Log())|]; }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { [|BackgroundTasks.Spawn(ct => RefreshAsync())|]; }")]
    [InlineData(
        "await TaskGroup.RunAsync(async g => { while (await timer.WaitForNextTickAsync()) [|g.Spawn(ct => "
        + "RefreshAsync())|]; });")]
    public Task Reports_work_of_a_PeriodicTimer_loop(string statements) => Reports(Method(statements));

    [Theory]
    [InlineData(
        "void M() => _clock.Elapsed += OnElapsed; void OnElapsed(object? s, System.Timers.ElapsedEventArgs e) { _ "
        + "= [|RefreshAsync()|]; }")]
    [InlineData(
        "void M() => _clock.Elapsed += this.OnElapsed; void OnElapsed(object? s, EventArgs e) => "
        + "[|RefreshAsync()|];")]
    [InlineData(
        "void M() => _timer = new Timer(OnTick, null, 0, 1000); void OnTick(object? state) { [|RefreshAsync()|]; }")]
    [InlineData(
        "void M() => _timer = new Timer(OnTick, null, 0, 1000); static void OnTick(object? state) { var c = "
        + "(C)state!; _ = [|c.RefreshAsync()|]; }")]
    public Task Reports_in_a_method_that_is_the_callback(string members) => Reports(Type(members));

    [Theory]
    [InlineData("_timer = new Timer(_ => Log(), null, 0, 1000);")]
    [InlineData("_timer = new Timer(_ => RefreshAsync().Wait(), null, 0, 1000);")]
    [InlineData("_timer = new Timer(_ => RefreshAsync(), null, 1000, Timeout.Infinite);")]
    [InlineData("_timer = new Timer(_ => RefreshAsync(), null, 1000, -1);")]
    [InlineData("_timer = new Timer(_ => RefreshAsync(), null, 1000, 0);")]
    [InlineData("_timer = new Timer(_ => RefreshAsync(), null, Second, Timeout.InfiniteTimeSpan);")]
    [InlineData("_timer = new Timer(_ => RefreshAsync(), null, Second, TimeSpan.FromMilliseconds(-1));")]
    [InlineData("_timer = new Timer(_ => RefreshAsync());")]
    [InlineData(
        "_timer = new Timer(async _ => { _timer!.Change(Timeout.Infinite, Timeout.Infinite); await RefreshAsync(); "
        + "}, null, 0, 9);")]
    [InlineData(
        "_timer = new Timer(async _ => { if (Interlocked.Exchange(ref _state, 1) == 1) return; await "
        + "RefreshAsync(); _state = 0; }, null, 0, 9);")]
    [InlineData(
        "_timer = new Timer(async _ => { if (_on) return; _on = true; await RefreshAsync(); _on = false; }, null, "
        + "0, 9);")]
    [InlineData(
        "_timer = new Timer(async _ => { if (!_on) { _on = true; try { await RefreshAsync(); } finally { _on = "
        + "false; } } }, null, 0, 9);")]
    [InlineData(
        "_timer = new Timer(async _ => { if (!await _gate.WaitAsync(0)) return; try { await RefreshAsync(); } "
        + "finally { _gate.Release(); } }, null, 0, 9);")]
    [InlineData("_timer = new Timer(o => { if (!Monitor.TryEnter(_all)) return; _ = RefreshAsync(); }, null, 0, 9);")]
    [InlineData(
        "_timer = new Timer(o => { if (_task is { IsCompleted: false }) return; _task = RefreshAsync(); }, null, "
        + "0, 9);")]
    [InlineData("_timer = new Timer(async _ => await GuardedAsync(), null, 0, 9);")]
    [InlineData("_timer = new Timer(_ => GuardedAsync(), null, 0, 9);")]
    [InlineData("_timer = new Timer(_ => OuterAsync(), null, 0, 9);")]
    [InlineData("_clock.Elapsed += async (s, e) => await OuterAsync();")]
    [InlineData("_clock.Elapsed += async (s, e) => { _clock.Stop(); await RefreshAsync(); _clock.Start(); };")]
    [InlineData("_clock.Elapsed += async (s, e) => { ((System.Timers.Timer)s!).Stop(); await RefreshAsync(); };")]
    [InlineData(
        "_clock.Elapsed += async (s, e) => { _clock.Enabled = false; await RefreshAsync(); _clock.Enabled = true; "
        + "};")]
    [InlineData("_clock.AutoReset = false; _clock.Elapsed += async (s, e) => await RefreshAsync();")]
    [InlineData(
        "var clock = new System.Timers.Timer(9) { AutoReset = false }; clock.Elapsed += (s, e) => RefreshAsync();")]
    [InlineData("_clock.Elapsed -= OnElapsedAsync;")]
    [InlineData("_clock.Disposed += async (s, e) => await RefreshAsync();")]
    [InlineData("_watcher.Error += async (s, e) => await RefreshAsync();")]
    [InlineData("while (await timer.WaitForNextTickAsync()) await RefreshAsync();")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { var t = RefreshAsync(); await t; }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { if (_on) continue; _on = true; _ = RefreshAsync(); }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { await _gate.WaitAsync(); _ = RefreshAsync(); }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { _ = GuardedAsync(); }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { if (_on) { _ = RefreshAsync(); break; } }")]
    [InlineData("await timer.WaitForNextTickAsync(); _ = RefreshAsync();")]
    [InlineData("while (true) { await Task.Delay(1000); _ = RefreshAsync(); }")]
    [InlineData("Run(_ => RefreshAsync());")]
    public Task Ignores_ticks_that_do_not_overlap(string statements) => Ignores(Method(statements));

    [Fact]
    public Task Ignores_what_only_renders() =>
        Ignores(
            """
            namespace Microsoft.AspNetCore.Components
            {
                public class ComponentBase
                {
                    protected Task InvokeAsync(Action workItem) => Task.CompletedTask;
                    protected void StateHasChanged() { }
                }
            }

            class Clock : Microsoft.AspNetCore.Components.ComponentBase
            {
                void M(System.Timers.Timer clock)
                {
                    clock.Elapsed += async (s, e) => await InvokeAsync(StateHasChanged);
                    clock.Elapsed += (s, e) => InvokeAsync(StateHasChanged);
                    var timer = new Timer(async _ => await InvokeAsync(StateHasChanged), null, 0, 1000);
                }
            }
            """);

    [Fact]
    public Task Reports_a_subscription() =>
        Reports(WithObservables("source.Subscribe([|async x => await SendAsync(x)|]);"));

    [Fact]
    public Task Reports_a_dropped_call_of_a_subscription() =>
        Reports(WithObservables("source.Subscribe(x => [|SendAsync(x)|], error => SendAsync(0));"));

    [Theory]
    [InlineData("source.Take(1).Subscribe(async x => await SendAsync(x));")]
    [InlineData("source.Subscribe(x => { }, async error => await SendAsync(0));")]
    public Task Ignores_a_subscription_that_comes_once(string statement) => Ignores(WithObservables(statement));

    [Fact]
    public Task Reports_the_timer_of_a_window() =>
        Reports(
            """
            namespace System.Windows.Threading
            {
                public class DispatcherTimer { public event EventHandler? Tick; void Raise() => Tick?.Invoke(this, new()); }
            }

            class Window
            {
                void M(System.Windows.Threading.DispatcherTimer timer)
                {
                    timer.Tick += [|async (s, e) => await Task.Delay(1)|];
                    timer.Tick += [|OnTick|];
                }

                async void OnTick(object? sender, EventArgs e) => await Task.Delay(1);
            }
            """);

    private static string WithObservables(string statement) =>
        $$"""
        namespace System
        {
            public static class ObservableExtensions
            {
                public static void Subscribe<T>(this IObservable<T> source, Action<T> onNext) { }
                public static void Subscribe<T>(this IObservable<T> s, Action<T> onNext, Action<Exception> onError) { }
                public static IObservable<T> Take<T>(this IObservable<T> source, int count) => source;
            }
        }

        class C
        {
            void M(IObservable<int> source) { {{statement}} }
            Task SendAsync(int x) => Task.CompletedTask;
        }
        """;

    private static string Method(string statements) =>
        Type(
            $$"""
            async Task M(PeriodicTimer timer, CancellationToken token)
                {
                    await Task.Yield();
                    {{statements}}
                }
            """);

    private static string Type(string members) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        using ScopedTasks;

        class C
        {
            static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
            readonly System.Timers.Timer _clock = new(1000);
            readonly FileSystemWatcher _watcher = new();
            readonly SemaphoreSlim _gate = new(1);
            readonly List<int> _all = new();
            Timer? _timer;
            Task? _task;
            bool _on;
            int _state;

            {{members}}

            void Log() { }
            void Run(Action<int> action) { }
            Task RefreshAsync() => Task.CompletedTask;
            Task SendAsync(object? x) => Task.CompletedTask;
            async Task RunAsync() => await Task.Yield();
            async void OnTickAsync(object? state) => await RefreshAsync();
            async void OnElapsedAsync(object? sender, EventArgs e) => await RefreshAsync();

            async Task OuterAsync()
            {
                try { await GuardedAsync(); } catch { }
            }

            async Task GuardedAsync()
            {
                if (!_gate.Wait(0)) return;
                await RefreshAsync();
            }
        }
        """;
}
