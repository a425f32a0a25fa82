using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>SCOPE202: what is awaited instead, and where nothing can be.</summary>
public sealed class BlockingPrimitiveFixTests : RuleTests<BlockingPrimitiveAnalyzer, BlockingPrimitiveFix>
{
    [Theory]
    [InlineData("[|Thread.Sleep(10)|];", "await Task.Delay(10);")]
    [InlineData("[|Thread.Sleep(time)|];", "await Task.Delay(time);")]
    [InlineData("[|Thread.Sleep(span)|];", "await Task.Delay(span);")]
    [InlineData("[|Thread.Sleep(TimeSpan.FromSeconds(1))|];", "await Task.Delay(TimeSpan.FromSeconds(1));")]
    [InlineData("[|Thread.Sleep(time * 2 + 1)|];", "await Task.Delay(time * 2 + 1);")]
    [InlineData("[|Thread.Sleep(millisecondsTimeout: 10)|];", "await Task.Delay(10);")]
    [InlineData("[|Thread.Sleep(timeout: span)|];", "await Task.Delay(span);")]
    [InlineData("[|Thread.Sleep(Timeout.Infinite)|];", "await Task.Delay(Timeout.Infinite);")]
    [InlineData("[|Thread.Sleep(Timeout.InfiniteTimeSpan)|];", "await Task.Delay(Timeout.InfiniteTimeSpan);")]
    [InlineData("[|System.Threading.Thread.Sleep(10)|];", "await Task.Delay(10);")]
    [InlineData("[|Thread.Sleep(await TimeAsync())|];", "await Task.Delay(await TimeAsync());")]
    [InlineData("Func<Task> f = async () => [|Thread.Sleep(10)|];", "Func<Task> f = async () => await Task.Delay(10);")]
    [InlineData(
        "while (true) { if (flag) [|Thread.Sleep(1)|]; else [|Thread.Sleep(2)|]; }",
        "while (true) { if (flag) await Task.Delay(1); else await Task.Delay(2); }")]
    [InlineData(
        "try { } catch { [|Thread.Sleep(1)|]; } finally { [|Thread.Sleep(2)|]; }",
        "try { } catch { await Task.Delay(1); } finally { await Task.Delay(2); }")]
    public Task Awaits_a_delay(string before, string after) =>
        Fixes(Async(before), Async(after), title: "Await 'Task.Delay' instead");

    [Theory]
    [InlineData("[|Thread.Sleep(0)|];")]
    [InlineData("[|Thread.Sleep(TimeSpan.Zero)|];")]
    [InlineData("[|Thread.Sleep(default(TimeSpan))|];")]
    public Task Awaits_a_yield(string before) =>
        Fixes(Async(before), Async("await Task.Yield();"), title: "Await 'Task.Yield' instead");

    [Theory]
    [InlineData("[|semaphore.Wait()|];", "await semaphore.WaitAsync();")]
    [InlineData("[|semaphore.Wait(token)|];", "await semaphore.WaitAsync(token);")]
    [InlineData("[|this.semaphore.Wait(10, token)|];", "await this.semaphore.WaitAsync(10, token);")]
    [InlineData("[|semaphore.Wait(span, token)|];", "await semaphore.WaitAsync(span, token);")]
    [InlineData("[|semaphore.Wait(Timeout.Infinite)|];", "await semaphore.WaitAsync(Timeout.Infinite);")]
    [InlineData("if (![|semaphore.Wait(10)|]) { return; }", "if (!await semaphore.WaitAsync(10)) { return; }")]
    [InlineData("var got = [|semaphore.Wait(span)|];", "var got = await semaphore.WaitAsync(span);")]
    [InlineData("_ = [|semaphore.Wait(10)|];", "_ = await semaphore.WaitAsync(10);")]
    [InlineData("flag &= [|semaphore.Wait(10)|];", "var result = await semaphore.WaitAsync(10);\nflag &= result;")]
    [InlineData(
        "var text = [|semaphore.Wait(10)|].ToString();",
        "var text = (await semaphore.WaitAsync(10)).ToString();")]
    [InlineData(
        "[|semaphore.Wait(cancellationToken: token, millisecondsTimeout: 10)|];",
        "await semaphore.WaitAsync(cancellationToken: token, millisecondsTimeout: 10);")]
    [InlineData(
        "[|semaphore.Wait()|]; try { flag = true; } finally { semaphore.Release(); }",
        "await semaphore.WaitAsync(); try { flag = true; } finally { semaphore.Release(); }")]
    [InlineData("[|Semaphores()[0].Wait()|];", "await Semaphores()[0].WaitAsync();")]
    [InlineData("[|maybe!.Wait()|];", "await maybe!.WaitAsync();")]
    [InlineData("[|(flag ? semaphore : maybe!).Wait()|];", "await (flag ? semaphore : maybe!).WaitAsync();")]
    public Task Awaits_the_semaphore(string before, string after) =>
        Fixes(Async(before), Async(after), title: "Await 'WaitAsync' instead");

    [Theory]
    [InlineData("[|process.WaitForExit()|];", "await process.WaitForExitAsync();")]
    [InlineData("[|Process.Start(\"git\")!.WaitForExit()|];", "await Process.Start(\"git\")!.WaitForExitAsync();")]
    public Task Awaits_the_end_of_a_process(string before, string after) =>
        Fixes(Async(before), Async(after), title: "Await 'WaitForExitAsync' instead");

    [Fact]
    public Task Awaits_behind_a_null_check() => Fixes(
        Async("maybe?[|.Wait()|];"),
        Async(
            """
            if (maybe != null)
            {
                await maybe.WaitAsync();
            }
            """));

    [Fact]
    public Task Keeps_comments() => Fixes(
        Async(
            """
            // before
            /* here */ [|Thread.Sleep(/* ms */ 10)|]; // after
            [|semaphore.Wait( // until there is room
                token)|];
            """),
        Async(
            """
            // before
            /* here */
            await Task.Delay(/* ms */ 10); // after
            await semaphore.WaitAsync( // until there is room
                token);
            """));

    [Fact]
    public Task Keeps_the_style_of_the_awaits_around() => Fixes(
        """
        class C
        {
            async Task M(Task other, SemaphoreSlim semaphore)
            {
                await other.ConfigureAwait(false);
                [|Thread.Sleep(10)|];
                if ([|semaphore.Wait(10)|]) { }
            }
        }
        """,
        """
        class C
        {
            async Task M(Task other, SemaphoreSlim semaphore)
            {
                await other.ConfigureAwait(false);
                await Task.Delay(10).ConfigureAwait(false);
                if (await semaphore.WaitAsync(10).ConfigureAwait(false)) { }
            }
        }
        """);

    [Fact]
    public Task Writes_no_yield_where_every_await_is_configured() => OffersNoFix(
        """
        class C
        {
            async Task M(Task other)
            {
                await other.ConfigureAwait(false);
                [|Thread.Sleep(0)|];
            }
        }
        """);

    [Fact]
    public Task Awaits_in_an_expression_body() => Fixes(
        """
        class C
        {
            async Task M() => [|Thread.Sleep(10)|];
        }
        """,
        """
        class C
        {
            async Task M() => await Task.Delay(10);
        }
        """);

    [Fact]
    public Task Awaits_in_top_level_code() =>
        Fixes("[|Thread.Sleep(10)|];", "await Task.Delay(10);", code: Code.Program);

    [Fact]
    public Task Awaits_without_a_using_and_with_a_static_one() => Fixes(
        """
        using static System.Threading.Thread;

        class C
        {
            async System.Threading.Tasks.Task M()
            {
                [|Sleep(10)|];
            }
        }
        """,
        """
        using static System.Threading.Thread;

        class C
        {
            async System.Threading.Tasks.Task M()
            {
                await System.Threading.Tasks.Task.Delay(10);
            }
        }
        """,
        code: Code.Default with { GlobalUsings = false });

    [Fact]
    public Task Awaits_beside_a_task_of_ones_own() => Fixes(
        """
        class Task { }

        class C
        {
            async System.Threading.Tasks.Task M()
            {
                [|Thread.Sleep(10)|];
            }
        }
        """,
        """
        class Task { }

        class C
        {
            async System.Threading.Tasks.Task M()
            {
                await System.Threading.Tasks.Task.Delay(10);
            }
        }
        """);

    [Fact]
    public Task Awaits_in_a_class_that_is_a_semaphore() => Fixes(
        """
        class Gate : SemaphoreSlim
        {
            public Gate() : base(1) { }
            async Task M() { [|Wait()|]; [|base.Wait(10)|]; }
        }
        """,
        """
        class Gate : SemaphoreSlim
        {
            public Gate() : base(1) { }
            async Task M() { await WaitAsync(); await base.WaitAsync(10); }
        }
        """);

    [Fact]
    public Task Awaits_in_an_old_project() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M(SemaphoreSlim semaphore)
            {
                [|Thread.Sleep(10)|];
                [|semaphore.Wait()|];
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M(SemaphoreSlim semaphore)
            {
                await Task.Delay(10);
                await semaphore.WaitAsync();
            }
        }
        """,
        code: Code.Framework);

    [Fact]
    public Task Offers_no_twin_that_does_not_exist() => OffersNoFix(
        """
        using System.Diagnostics;
        using System.Threading.Tasks;

        class C
        {
            async Task M(Process process)
            {
                [|process.WaitForExit()|];
            }
        }
        """,
        code: Code.Framework);

    [Theory]
    [InlineData("lock (this) { [|Thread.Sleep(10)|]; }")]
    [InlineData("try { } catch (Exception) when ([|semaphore.Wait(10)|]) { }")]
    [InlineData("var q = from x in new[] { 1 } select [|semaphore.Wait(x)|];")]
    [InlineData("Task L() { [|Thread.Sleep(10)|]; return Task.CompletedTask; }")]
    [InlineData("Func<Task> f = () => { [|semaphore.Wait()|]; return Task.CompletedTask; };")]
    [InlineData("unsafe { [|Thread.Sleep(10)|]; }")]
    public Task Offers_nothing_where_await_cannot_stand(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("var id = Environment.CurrentManagedThreadId; [|semaphore.Wait()|]; Console.WriteLine(id);")]
    [InlineData("Action a = () => Console.WriteLine(Thread.CurrentThread.Name); [|Thread.Sleep(10)|]; a();")]
    public Task Offers_nothing_where_somebody_looks_at_the_thread(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Offers_nothing_while_a_lock_of_the_thread_is_held() => OffersNoFix(Async(
        "[|mutex.WaitOne()|]; try { [|Thread.Sleep(10)|]; } finally { mutex.ReleaseMutex(); } await Task.Yield();"),
        code: Code.Default);

    [Theory]
    [InlineData("if ([|process.WaitForExit(10)|]) { }")]
    [InlineData("[|process.WaitForExit(Timeout.Infinite)|];")]
    [InlineData("[|manual.WaitOne()|];")]
    [InlineData("[|token.WaitHandle.WaitOne(10)|];")]
    [InlineData("[|Monitor.Wait(this)|];")]
    [InlineData("[|new Thread(() => { }).Join()|];")]
    [InlineData("[|SpinWait.SpinUntil(() => flag)|];")]
    [InlineData("Console.WriteLine([|Console.ReadLine()|]);")]
    [InlineData("[|Parallel.For(0, 10, i => { })|];")]
    [InlineData("""
        [|semaphore.Wait(
        #if DEBUG
            10
        #else
            20
        #endif
            )|];
        """)]
    [InlineData("[|Thread.Sleep(/* not at all */ 0)|];")]
    public Task Offers_nothing_for_the_rest(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData(
        "[|Parallel.ForEach(new[] { 1 }, i => Use(i))|];",
        "await Task.Run(() => Parallel.ForEach(new[] { 1 }, i => Use(i)));")]
    [InlineData(
        "if ([|Parallel.For(0, 10, Use)|].IsCompleted) { }",
        "if ((await Task.Run(() => Parallel.For(0, 10, Use))).IsCompleted) { }")]
    [InlineData(
        "[|new[] { 1 }.AsParallel().ForAll(Use)|];",
        "await Task.Run(() => new[] { 1 }.AsParallel().ForAll(Use));")]
    public Task Hands_a_parallel_loop_to_the_thread_pool(string before, string after) =>
        Fixes(Async(before), Async(after), plan: "OnThreadPool", code: WithInterface, isChosen: true);

    [Fact]
    public Task Never_hands_it_over_without_being_asked() =>
        Offers(Async("[|Parallel.For(0, 10, Use)|];"), WithInterface, "Await it on the thread pool");

    [Theory]
    [InlineData("[|Parallel.For(0, await TimeAsync(), Use)|];")]
    [InlineData("lock (this) { [|Parallel.For(0, 10, Use)|]; }")]
    [InlineData("[|Thread.Sleep(0)|]; await TimeAsync().ConfigureAwait(false);")]
    public Task Hands_nothing_else_over(string statements) => OffersNoFix(Async(statements), code: WithInterface);

    private static Code WithInterface { get; } = Code.Default with
    {
        Sources = [("/0/Wpf.cs", "namespace System.Windows { public class Application { } }")],
    };

    private static string Async(string statements) =>
        $$"""
        using System.Diagnostics;

        class C
        {
            readonly SemaphoreSlim semaphore = new(1);
            readonly SemaphoreSlim? maybe = new(1);
            readonly ManualResetEvent manual = new(false);
            readonly Mutex mutex = new();
            readonly Process process = new();
            SemaphoreSlim[] Semaphores() => new[] { semaphore };
            Task<int> TimeAsync() => Task.FromResult(1);
            void Use(int i) { }

            async Task M(bool flag, int time, TimeSpan span, CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ")}}
            }
        }
        """;
}
