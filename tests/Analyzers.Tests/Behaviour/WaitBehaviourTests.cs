using System;
using System.IO;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using ScopedTasks.CodeFixes.Fixes.Scopes;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do that waited and now await: results, failures, cancellations and timeouts stay.</summary>
public sealed class WaitBehaviourTests : BehaviourTests
{
    [Fact]
    public Task Calls_of_one_expression_start_in_the_same_order() => KeepsAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
        "Await it",
        Program(
            """
            var total = 1;
            total += LoadAsync(1).Result + NestedAsync(2).Result.Result;
            Console.WriteLine($"{total} {LoadAsync(3).Result:000}");
            """,
            methods: """
            static async Task<int> LoadAsync(int id) { Console.WriteLine("load " + id); await Task.Yield(); return id; }
            static async Task<Task<int>> NestedAsync(int id) { await Task.Yield(); return LoadAsync(id); }
            """),
        "load 1", "load 2", "load 3", "4 003");

    [Fact]
    public Task A_failure_keeps_its_type() => KeepsAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
        "Await it",
        Program(
            """
            try { Work.FailAsync("broken").GetAwaiter().GetResult(); }
            catch (InvalidOperationException failure) { Console.WriteLine(failure.Message); }
            """),
        "broken");

    [Fact]
    public Task A_cancellation_keeps_its_type() => KeepsAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
        "Await it",
        Program(
            """
            try { CancelledAsync().GetAwaiter().GetResult(); }
            catch (TaskCanceledException) { Console.WriteLine("cancelled"); }
            """,
            methods: "static async Task CancelledAsync() => await Task.Delay(-1, new CancellationToken(true));"),
        "cancelled");

    [Fact]
    public Task A_token_ends_the_wait_and_not_the_work() => KeepsAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
        "Await it with the token",
        Program(
            """
            var stop = new CancellationTokenSource();
            var work = Work.DoAsync("work");
            stop.Cancel();
            try { work.Wait(stop.Token); }
            catch (OperationCanceledException) { Console.WriteLine("given up"); }
            Work.Open();
            await work;
            """),
        "work starts", "given up", "work ends");

    [Fact]
    public Task A_timeout_ends_the_wait_and_not_the_work() => KeepsAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
        "Await it with the timeout",
        Program(
            """
            var work = Work.DoAsync("work");
            if (!work.Wait(1)) Console.WriteLine("too slow");
            Work.Open();
            Console.WriteLine(work.Wait(TimeSpan.FromMinutes(1)));
            """),
        "work starts", "too slow", "work ends", "True");

    [Fact]
    public async Task A_failure_within_the_time_comes_out()
    {
        var (before, after) = await RunAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
            "Await it with the timeout",
            Program("Work.FailAsync(\"broken\").Wait(TimeSpan.FromMinutes(1));"));

        Assert.Equal("broken", Assert.IsType<AggregateException>(before.Failure).InnerException?.Message);
        Assert.Equal("broken", Assert.IsType<InvalidOperationException>(after.Failure).Message);
    }

    [Fact]
    public Task All_have_ended_that_were_waited_for() => KeepsAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
        "Await 'Task.WhenAll'",
        Program(
            """
            Task[] all = { EndAsync("one"), EndAsync("two") };
            Task.WaitAll(all);
            Console.WriteLine("all");
            """,
            methods: """
            static int _ended;

            static async Task EndAsync(string name)
            {
                await Task.Yield();
                if (Interlocked.Increment(ref _ended) == 2) Console.WriteLine("both");
            }
            """),
        "both", "all");

    [Fact]
    public async Task Who_waits_for_all_gets_the_failure_when_all_have_ended()
    {
        var (before, after) = await RunAsync<BlockingWaitAnalyzer, BlockingWaitFix>(
            "Await 'Task.WhenAll'",
            Program(
                """
                var slow = Work.DoAsync("slow");
                Work.Open();
                Task.WaitAll(Work.FailAsync("broken"), slow);
                """));

        Assert.IsType<AggregateException>(before.Failure);
        Assert.Equal("broken", Assert.IsType<InvalidOperationException>(after.Failure).Message);
        Assert.Equal(["slow starts", "slow ends"], before.Lines);
        Assert.Equal(before.Lines, after.Lines);
    }

    [Fact]
    public Task A_semaphore_lets_in_whom_it_let_in() => KeepsAsync<BlockingPrimitiveAnalyzer, BlockingPrimitiveFix>(
        "Await 'WaitAsync'",
        Program(
            """
            var turns = new SemaphoreSlim(1);
            turns.Wait();
            Console.WriteLine(turns.Wait(1));
            try { turns.Wait(new CancellationToken(true)); }
            catch (OperationCanceledException) { Console.WriteLine("cancelled"); }
            turns.Release();
            Console.WriteLine(turns.Wait(TimeSpan.FromMinutes(1)));
            """),
        "False", "cancelled", "True");

    [Fact]
    public async Task Others_go_on_while_somebody_sleeps()
    {
        var (before, after) = await RunAsync<BlockingPrimitiveAnalyzer, BlockingPrimitiveFix>(
            "Await 'Task.Yield'",
            Program("ScopedTasks.EventLoop.Run(WorkAsync());", methods: """
                static ScopedTasks.Coroutine WorkAsync() => ScopedTasks.CoroutineGroup.RunAsync(async group =>
                {
                    var sleeping = SleepAsync();
                    Console.WriteLine("other");
                    await sleeping;
                });

                static async Task SleepAsync()
                {
                    Thread.Sleep(0);
                    Console.WriteLine("slept");
                }
                """));

        Assert.Equal(["slept", "other"], before.Lines);
        Assert.Equal(["other", "slept"], after.Lines);
    }

    [Fact]
    public Task A_twin_fails_as_the_call_did() => KeepsAsync<BlockingCallAnalyzer, BlockingCallFix>(
        "Await 'ReadAllTextAsync'",
        Program(
            """
            try { Console.WriteLine(System.IO.File.ReadAllText("no/such/file")); }
            catch (System.IO.DirectoryNotFoundException) { Console.WriteLine("not there"); }
            """),
        "not there");

    [Fact]
    public Task A_twin_reads_what_the_call_read()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "one\ntwo\n");
        return KeepsAsync<BlockingCallAnalyzer, BlockingCallFix>(
            "Await 'ReadLineAsync'",
            Program(
                $$"""
                using var reader = new System.IO.StreamReader(@"{{path}}");
                string line;
                while ((line = reader.ReadLine()) != null) Console.WriteLine(line);
                """),
            "one",
            "two");
    }

    [Fact]
    public async Task What_fails_inside_is_disposed_of_first()
    {
        var (before, after) = await RunAsync<SyncDisposeAnalyzer, SyncDisposeFix>(
            "Dispose it",
            Program(
                "using (var file = new Output()) throw new FormatException(\"body\");",
                """
                class Output : IDisposable, IAsyncDisposable
                {
                    public void Dispose() { Console.WriteLine("closed"); }
                    public async ValueTask DisposeAsync() { await Task.Yield(); Console.WriteLine("closed"); }
                }
                """));

        Assert.IsType<FormatException>(before.Failure);
        Assert.IsType<FormatException>(after.Failure);
        Assert.Equal(["closed"], before.Lines);
        Assert.Equal(["closed"], after.Lines);
    }

    [Fact]
    public Task What_fails_off_the_loop_fails_as_it_did_there() => KeepsAsync<BlockedLoopAnalyzer, BlockedLoopFix>(
        "Run it with",
        Program(
            "ScopedTasks.EventLoop.Run(WorkAsync());",
            methods: """
            static async ScopedTasks.Coroutine WorkAsync()
            {
                await ScopedTasks.Coroutine.Yield();
                try { Console.WriteLine(System.IO.File.ReadAllText("no/such/file")); }
                catch (System.IO.DirectoryNotFoundException) { Console.WriteLine("not there"); }
            }
            """),
        "not there");

    [Fact]
    public async Task Others_get_their_turn_in_an_endless_loop()
    {
        var (before, after) = await RunAsync<StarvedLoopAnalyzer, StarvedLoopFix>(
            "Await 'Coroutine.Yield()'",
            Program(
                "ScopedTasks.EventLoop.Run(ScopedTasks.CoroutineGroup.RunAsync(async group => "
                + "{ group.Spawn(SpinAsync()); group.Spawn(OtherAsync()); }));",
                methods: """
                static int _rounds;

                static async ScopedTasks.Coroutine SpinAsync()
                {
                    var stop = new CancellationTokenSource();
                    while (!stop.IsCancellationRequested)
                    {
                        if (++_rounds == 1000) stop.Cancel();
                    }

                    Console.WriteLine("spun");
                    await ScopedTasks.Coroutine.Yield();
                }

                static async ScopedTasks.Coroutine OtherAsync()
                {
                    Console.WriteLine(_rounds < 1000 ? "had a turn" : "had to wait");
                    await ScopedTasks.Coroutine.Yield();
                }
                """));

        Assert.Contains("had to wait", before.Lines);
        Assert.Equal(["had a turn", "spun"], after.Lines);
    }
}
