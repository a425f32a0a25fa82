using System;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Rules.Cancellation;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using ScopedTasks.CodeFixes.Fixes.Cancellation;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after what blocked is awaited, and what was lost is run.</summary>
public sealed class AwaitBehaviourTests : BehaviourTests
{
    [Fact]
    public async Task Nothing_is_awaited_where_there_is_nobody()
    {
        var (before, after) = await RunAsync<NullConditionalAwaitAnalyzer, NullConditionalAwaitFix>(
            "Await 'Task.CompletedTask'",
            Program(
                """
                foreach (var mailer in new[] { new Mailer(), null })
                {
                    await mailer?.SendAsync();
                    Console.WriteLine("done");
                }
                """,
                """
                class Mailer { public async Task SendAsync() { await Task.Yield(); Console.WriteLine("sent"); } }
                """));

        Assert.IsType<NullReferenceException>(before.Failure);
        Assert.Null(after.Failure);
        Assert.Equal(["sent", "done", "done"], after.Lines);
    }

    [Fact]
    public async Task A_complete_task_can_be_awaited()
    {
        var (before, after) = await RunAsync<NullTaskAnalyzer, NullTaskFix>(
            "Give a task",
            Program(
                "Console.WriteLine(await CountAsync());",
                methods: "static Task<int> CountAsync() => null;"));

        Assert.IsType<NullReferenceException>(before.Failure);
        Assert.Null(after.Failure);
        Assert.Equal(["0"], after.Lines);
    }

    [Fact]
    public async Task A_value_task_gives_its_result_twice()
    {
        var (before, after) = await RunAsync<ReusedAwaitableAnalyzer, ReusedAwaitableFix>(
            "Keep its",
            Program(
                """
                var counting = new Counter().CountAsync();
                Console.WriteLine(await counting);
                Console.WriteLine(await counting);
                """,
                """
                class Counter : System.Threading.Tasks.Sources.IValueTaskSource<int>
                {
                    private bool _isUsed;

                    public ValueTask<int> CountAsync() => new ValueTask<int>(this, 0);

                    public int GetResult(short token)
                    {
                        if (_isUsed) throw new InvalidOperationException("used");
                        _isUsed = true;
                        return 7;
                    }

                    public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short token) =>
                        System.Threading.Tasks.Sources.ValueTaskSourceStatus.Succeeded;

                    public void OnCompleted(
                        Action<object> continuation,
                        object state,
                        short token,
                        System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags flags) => continuation(state);
                }
                """));

        Assert.Equal("used", before.Failure?.Message);
        Assert.Null(after.Failure);
        Assert.Equal(["7", "7"], after.Lines);
    }

    [Fact]
    public async Task The_work_of_a_sequence_runs_once()
    {
        var (before, after) = await RunAsync<ReenumeratedTasksAnalyzer, ReenumeratedTasksFix>(
            "Make a list",
            Program(
                """
                var sending = new List<int> { 1 }.Select(id => SendAsync(id));
                await Task.WhenAll(sending);
                Console.WriteLine(sending.Count());
                foreach (var task in sending) await task;
                """,
                methods: "static async Task SendAsync(int id) { Console.WriteLine(\"sent\"); await Task.Yield(); }"));

        Assert.Equal(["sent", "sent", "1", "sent"], before.Lines);
        Assert.Equal(["sent", "1"], after.Lines);
    }

    [Fact]
    public async Task The_finally_of_an_iterator_runs()
    {
        var (before, after) = await RunAsync<UndisposedEnumeratorAnalyzer, UndisposedEnumeratorFix>(
            "Dispose it",
            Program(
                """
                var orders = ReadAsync().GetAsyncEnumerator();
                await orders.MoveNextAsync();
                Console.WriteLine(orders.Current);
                """,
                methods: """
                static async IAsyncEnumerable<int> ReadAsync()
                {
                    try { await Task.Yield(); yield return 1; yield return 2; }
                    finally { Console.WriteLine("closed"); }
                }
                """));

        Assert.Equal(["1"], before.Lines);
        Assert.Equal(["1", "closed"], after.Lines);
    }

    [Fact]
    public async Task The_disposal_is_awaited_where_it_was()
    {
        var (before, after) = await RunAsync<SyncDisposeAnalyzer, SyncDisposeFix>(
            "Dispose it",
            Program(
                """
                using (var file = new Output()) { Console.WriteLine("written"); }
                Console.WriteLine("done");
                """,
                """
                class Output : IDisposable, IAsyncDisposable
                {
                    public void Dispose() { Console.WriteLine("blocked"); }
                    public async ValueTask DisposeAsync() { await Task.Yield(); Console.WriteLine("awaited"); }
                }
                """));

        Assert.Equal(["written", "blocked", "done"], before.Lines);
        Assert.Equal(["written", "awaited", "done"], after.Lines);
    }

    [Fact]
    public async Task The_twin_gives_what_the_call_gave()
    {
        var (before, after) = await RunAsync<BlockingCallAnalyzer, BlockingCallFix>(
            "Await 'LoadAsync'",
            Program(
                "Console.WriteLine(Next() + new Store().Load(Next()) + Next());",
                """
                class Store
                {
                    public string Load(int id) { Console.WriteLine("blocked"); return $"[{id}]"; }
                    public async Task<string> LoadAsync(int id) { await Task.Yield(); return $"[{id}]"; }
                }
                """,
                methods: "static int _next; static int Next() => ++_next;"));

        Assert.Equal(["blocked", "1[2]3"], before.Lines);
        Assert.Equal(["1[2]3"], after.Lines);
    }

    [Fact]
    public async Task What_blocks_leaves_the_loop()
    {
        var (before, after) = await RunAsync<BlockedLoopAnalyzer, BlockedLoopFix>(
            "Run it with",
            Program(
                """
                await Task.Yield();
                ScopedTasks.EventLoop.Run(WorkAsync());
                """,
                methods: """
                static async ScopedTasks.Coroutine WorkAsync()
                {
                    await ScopedTasks.Coroutine.Yield();
                    Wait();
                    Console.WriteLine(Where());
                }

                [ScopedTasks.BlockingAttribute]
                static void Wait() => Console.WriteLine("waits " + Where());

                static string Where() => ScopedTasks.EventLoop.Current == null ? "elsewhere" : "on the loop";
                """));

        Assert.Equal(["waits on the loop", "on the loop"], before.Lines);
        Assert.Equal(["waits elsewhere", "on the loop"], after.Lines);
    }

    [Fact]
    public async Task A_coroutine_runs_where_it_was_called()
    {
        var (before, after) = await RunAsync<UnawaitedCoroutineAnalyzer, UnawaitedCoroutineFix>(
            "Await it",
            Program(
                """
                await Task.Yield();
                ScopedTasks.EventLoop.Run(WorkAsync());
                """,
                methods: """
                static async ScopedTasks.Coroutine WorkAsync()
                {
                    _ = MailAsync();
                    await ScopedTasks.Coroutine.Yield();
                    Console.WriteLine("done");
                }

                static async ScopedTasks.Coroutine MailAsync()
                {
                    await ScopedTasks.Coroutine.Yield();
                    Console.WriteLine("sent");
                }
                """));

        Assert.Equal(["done"], before.Lines);
        Assert.Equal(["sent", "done"], after.Lines);
    }

    [Fact]
    public async Task A_cancellation_ends_the_loop()
    {
        var (before, after) = await RunAsync<SwallowedCancellationAnalyzer, SwallowedCancellationFix>(
            "Rethrow it",
            Program(
                """
                using var stop = new CancellationTokenSource();
                stop.Cancel();
                try { await WorkAsync(stop.Token); }
                catch (OperationCanceledException) { Console.WriteLine("stopped"); }
                """,
                methods: """
                static async Task WorkAsync(CancellationToken token)
                {
                    for (var round = 0; round < 3; round++)
                    {
                        try
                        {
                            await Task.Delay(1, token);
                        }
                        catch (Exception)
                        {
                            Console.WriteLine("failed");
                        }
                    }
                }
                """));

        Assert.Equal(["failed", "failed", "failed"], before.Lines);
        Assert.Equal(["stopped"], after.Lines);
    }
}
