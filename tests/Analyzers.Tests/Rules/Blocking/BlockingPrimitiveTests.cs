using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE202: what holds a thread in async code, and what only looks as if it did.</summary>
public sealed partial class BlockingPrimitiveTests : RuleTests<BlockingPrimitiveAnalyzer, BlockingPrimitiveFix>
{
    [Theory]
    [InlineData("[|Thread.Sleep(10)|];")]
    [InlineData("[|Thread.Sleep(0)|];")]
    [InlineData("[|Thread.Sleep(TimeSpan.FromSeconds(1))|];")]
    [InlineData("[|Thread.Sleep(Timeout.Infinite)|];")]
    [InlineData("[|thread.Join()|];")]
    [InlineData("if (![|thread.Join(1000)|]) { }")]
    [InlineData("[|semaphore.Wait()|];")]
    [InlineData("[|semaphore.Wait(token)|];")]
    [InlineData("if ([|semaphore.Wait(100)|]) { }")]
    [InlineData("[|slim.Wait()|];")]
    [InlineData("[|slim.Wait(TimeSpan.FromSeconds(1), token)|];")]
    [InlineData("[|manual.WaitOne()|];")]
    [InlineData("[|auto.WaitOne(1000)|];")]
    [InlineData("[|token.WaitHandle.WaitOne(1000)|];")]
    [InlineData("var i = [|WaitHandle.WaitAny(new WaitHandle[] { manual, auto })|];")]
    [InlineData("[|WaitHandle.WaitAll(new WaitHandle[] { manual, auto }, 1000)|];")]
    [InlineData("[|WaitHandle.SignalAndWait(manual, auto)|];")]
    [InlineData("[|countdown.Wait()|];")]
    [InlineData("[|barrier.SignalAndWait(token)|];")]
    [InlineData("var item = [|queue.Take()|];")]
    [InlineData("while ([|queue.TryTake(out var item, 100)|]) { }")]
    [InlineData("[|queue.TryTake(out var item, Timeout.Infinite, token)|];")]
    [InlineData("[|BlockingCollection<int>.TakeFromAny(new[] { queue }, out var item)|];")]
    [InlineData("foreach (var item in [|queue.GetConsumingEnumerable(token)|]) { }")]
    [InlineData("foreach (var item in [|queue.GetConsumingEnumerable()|].Where(x => x > 1)) { }")]
    [InlineData("var items = [|queue.GetConsumingEnumerable()|].ToList();")]
    [InlineData("var items = [|queue.GetConsumingEnumerable()|]; foreach (var item in items) { }")]
    [InlineData("foreach (var item in [|stream.ToBlockingEnumerable()|]) { }")]
    [InlineData("return [|stream.ToBlockingEnumerable(token)|].First();")]
    [InlineData("[|Parallel.For(0, 10, i => { })|];")]
    [InlineData("[|Parallel.ForEach(new[] { 1 }, i => { })|];")]
    [InlineData("[|Parallel.Invoke(() => { }, () => { })|];")]
    [InlineData("[|new[] { 1 }.AsParallel().ForAll(i => { })|];")]
    [InlineData("var line = [|Console.ReadLine()|];")]
    [InlineData("[|Console.ReadKey(true)|];")]
    [InlineData("var c = [|Console.Read()|];")]
    [InlineData("[|process.WaitForExit()|];")]
    [InlineData("if (![|process.WaitForExit(1000)|]) { process.Kill(); }")]
    [InlineData("[|SpinWait.SpinUntil(() => flag)|];")]
    [InlineData("[|Monitor.Wait(this)|];")]
    [InlineData("maybe?[|.Wait()|];")]
    [InlineData("[|semaphore!.Wait()|];")]
    public Task Reports_what_blocks_async_code(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("semaphore.Wait(0);")]
    [InlineData("if (semaphore.Wait(TimeSpan.Zero)) { }")]
    [InlineData("if (semaphore.Wait(default(TimeSpan))) { }")]
    [InlineData("if (semaphore.Wait(new TimeSpan(0))) { }")]
    [InlineData("if (semaphore.Wait(millisecondsTimeout: 0, token)) { }")]
    [InlineData("const int none = 0; if (slim.Wait(none)) { }")]
    [InlineData("if (manual.WaitOne(0)) { }")]
    [InlineData("if (manual.WaitOne(TimeSpan.FromSeconds(0))) { }")]
    [InlineData("if (WaitHandle.WaitAny(new WaitHandle[] { manual }, 0) == 0) { }")]
    [InlineData("if (thread.Join(0)) { }")]
    [InlineData("if (mutex.WaitOne(0)) { mutex.ReleaseMutex(); }")]
    [InlineData("if (queue.TryTake(out var item)) { }")]
    [InlineData("if (queue.TryTake(out var item, 0)) { }")]
    [InlineData("if (process.WaitForExit(0)) { }")]
    [InlineData("if (Monitor.TryEnter(this)) { Monitor.Exit(this); }")]
    [InlineData("if (Monitor.TryEnter(this, 0)) { Monitor.Exit(this); }")]
    public Task Ignores_a_wait_of_no_time(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("lock (this) { value++; }")]
    [InlineData("new SpinWait().SpinOnce();")]
    [InlineData("Thread.Yield();")]
    [InlineData("await semaphore.WaitAsync();")]
    [InlineData("await Parallel.ForEachAsync(new[] { 1 }, (i, ct) => default);")]
    [InlineData("await process.WaitForExitAsync();")]
    [InlineData("queue.Add(1);")]
    [InlineData("manual.Set(); countdown.Signal(); semaphore.Release();")]
    [InlineData("var name = nameof(Thread.Sleep);")]
    [InlineData("Action<int> sleep = Thread.Sleep;")]
    [InlineData("Expression<Action> e = () => Thread.Sleep(1);")]
    [InlineData("new Box().Wait();")]
    public Task Ignores_what_does_not_block(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("await Task.Run(() => Thread.Sleep(10));")]
    [InlineData("await Task.Run(() => { Thread.Sleep(10); return Task.CompletedTask; });")]
    [InlineData("await Task.Run(() => { foreach (var item in queue.GetConsumingEnumerable()) { } });")]
    [InlineData("await Task.Run(() => Parallel.For(0, 10, i => { }));")]
    [InlineData("await Task.Run(Console.ReadLine);")]
    [InlineData(
        "await Task.Factory.StartNew(() => { while (true) { queue.Take(); } }, TaskCreationOptions.LongRunning);")]
    [InlineData("new Thread(() => { manual.WaitOne(); }).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => semaphore.Wait());")]
    [InlineData("Action act = () => Thread.Sleep(10); await Task.Run(act);")]
    [InlineData("void Local() { Thread.Sleep(10); } await Task.Run(Local);")]
    [InlineData("var n = new[] { 1 }.Select(x => { Thread.Sleep(x); return x; }).ToList();")]
    public Task Ignores_code_with_a_thread_of_its_own(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("await Task.Run(async () => { await Task.Yield(); [|Thread.Sleep(10)|]; });")]
    [InlineData("Func<Task> f = async () => { [|semaphore.Wait()|]; await Task.Yield(); };")]
    [InlineData("Func<Task> f = () => { [|Thread.Sleep(10)|]; return Task.CompletedTask; };")]
    [InlineData("async void Local() { [|Thread.Sleep(10)|]; await Task.Yield(); }")]
    [InlineData("ValueTask Local() { [|Thread.Sleep(10)|]; return default; }")]
    [InlineData("lock (this) { [|Thread.Sleep(10)|]; }")]
    [InlineData("try { } catch (Exception) when ([|slim.Wait(10)|]) { }")]
    [InlineData("var q = from x in new[] { 1 } select [|slim.Wait(x)|];")]
    public Task Reports_wherever_async_code_is(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("void M() { Thread.Sleep(10); }")]
    [InlineData("public C() { Thread.Sleep(10); }")]
    [InlineData("int P { get { Thread.Sleep(10); return 1; } }")]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode(\"x\", \"1\")] async Task M() => Thread.Sleep(1);")]
    public Task Ignores_code_that_is_not_async(string member) => Ignores($$"""class C { {{member}} }""");

    [Fact]
    public Task Ignores_code_that_does_not_compile() => Ignores(
        """
        class C
        {
            async Task M()
            {
                Thread.Sleep({|CS0103:unknown|});
            }
        }
        """);

    [Theory]
    [InlineData("if (isAsync) { await Task.Delay(10); } else { Thread.Sleep(10); }")]
    [InlineData("if (isAsync) { await semaphore.WaitAsync(); return 0; } semaphore.Wait();")]
    public Task Ignores_code_that_serves_both_worlds(string statements) => Ignores(
        Async("var isAsync = flag; " + statements));

    [Theory]
    [InlineData("static async Task Main() { await Task.Yield(); Console.ReadLine(); }")]
    [InlineData("static async Task<int> Main(string[] args) { await Task.Yield(); return Console.Read(); }")]
    [InlineData("static void Main() { } async Task Ask() { Console.ReadLine(); await Task.Yield(); }")]
    public Task Ignores_the_user_of_a_main_function(string member) =>
        Ignores($$"""class Program { {{member}} }""", Code.Program);

    [Fact]
    public Task Ignores_a_pause_of_a_console_program() => Ignores(
        """
        await Sample.RunAsync();

        static class Sample
        {
            public static async Task RunAsync()
            {
                Console.WriteLine("Press Enter to go on.");
                Console.ReadLine();
                await Task.Yield();
            }
        }
        """,
        Code.Program);

    [Fact]
    public Task Reports_what_a_console_program_reads_beside_its_main_function() => Reports(
        """
        await Sample.RunAsync();

        static class Sample
        {
            public static async Task RunAsync()
            {
                while ([|Console.ReadLine()|] is { Length: > 0 }) { await Task.Yield(); }
            }
        }
        """,
        Code.Program);

    [Fact]
    public Task Ignores_the_stand_ins_of_a_test() => Ignores(InTest(
        "Run(() => { gate.Wait(); return Task.CompletedTask; }); await Task.Yield();"));

    [Theory]
    [InlineData("[|gate.Wait()|]; await Task.Yield();")]
    [InlineData("Run(async () => { [|gate.Wait()|]; await Task.Yield(); }); await Task.Yield();")]
    public Task Reports_a_test_that_blocks(string statements) => Reports(InTest(statements));

    [Fact]
    public Task Ignores_the_user_of_a_top_level_program() => Ignores(
        "await Task.Yield(); Console.ReadLine(); async Task Ask() { Console.ReadKey(); await Task.Yield(); }",
        Code.Program);

    [Fact]
    public Task Reports_other_primitives_in_a_top_level_program() =>
        Reports("await Task.Yield(); [|Thread.Sleep(10)|];", Code.Program);

    [Theory]
    [InlineData("await process.WaitForExitAsync(token); process.WaitForExit();")]
    [InlineData("await process.WaitForExitAsync(token).ConfigureAwait(false); if (flag) { process.WaitForExit(); }")]
    [InlineData("try { await process.WaitForExitAsync(); } finally { flag = true; } process.WaitForExit();")]
    [InlineData("while (!process.HasExited) { await Task.Delay(10); } process.WaitForExit();")]
    [InlineData("if (process.HasExited) { process.WaitForExit(); }")]
    public Task Ignores_a_process_that_has_ended(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("if (flag) { await process.WaitForExitAsync(); } [|process.WaitForExit()|];")]
    [InlineData("await other.WaitForExitAsync(); [|process.WaitForExit()|];")]
    [InlineData("[|process.WaitForExit()|]; await process.WaitForExitAsync();")]
    [InlineData("await process.WaitForExitAsync(); [|process.WaitForExit(1000)|];")]
    [InlineData("if (!process.HasExited) { process.Kill(); [|process.WaitForExit()|]; }")]
    [InlineData("if ([|process.WaitForExit(1000)|]) { process.WaitForExit(); }")]
    [InlineData(
        "try { await process.WaitForExitAsync(token); } catch (OperationCanceledException) { process.Kill(); }"
        + " [|process.WaitForExit()|];")]
    public Task Reports_a_process_that_may_be_running(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("using var gate = new ManualResetEvent(true); gate.WaitOne(1000); gate.Set();")]
    [InlineData("var gate = new ManualResetEventSlim(initialState: true); Action f = () => gate.Set(); gate.Wait();")]
    public Task Ignores_an_event_that_is_signalled_for_good(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("var gate = new ManualResetEvent(true); gate.Reset(); [|gate.WaitOne()|];")]
    [InlineData("var gate = new ManualResetEvent(false); [|gate.WaitOne()|];")]
    [InlineData("var gate = new ManualResetEvent(true); WaitHandle other = gate; [|gate.WaitOne()|];")]
    [InlineData("var gate = new AutoResetEvent(true); [|gate.WaitOne()|];")]
    public Task Reports_an_event_that_may_be_reset(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("Use(queue.GetConsumingEnumerable());")]
    [InlineData("var items = queue.GetConsumingEnumerable(); await Task.Run(() => { foreach (var i in items) { } });")]
    [InlineData("sequence = queue.GetConsumingEnumerable().Where(x => x > 1);")]
    public Task Ignores_a_sequence_that_is_handed_on(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("Parallel.ForEach(new[] { 1 }, async i => await Task.Yield());")]
    [InlineData("Parallel.ForEach(new[] { 1 }, i => Task.Run(() => i));")]
    [InlineData("Parallel.Invoke(async () => await Task.Yield(), () => { });")]
    [InlineData("new[] { 1 }.AsParallel().ForAll(i => Task.Delay(i));")]
    public Task Leaves_a_loop_that_does_not_wait_for_its_body_to_SCOPE403(string statements) =>
        Ignores(Async(statements + " await Task.Yield();"));

    [Theory]
    [InlineData("{|#0:Monitor.Enter(this)|}; try { value++; } finally { Monitor.Exit(this); }")]
    [InlineData("if ({|#0:Monitor.TryEnter(this, 100)|}) { value++; Monitor.Exit(this); } await Task.Yield();")]
    [InlineData("{|#0:rw.EnterReadLock()|}; try { value++; } finally { rw.ExitReadLock(); } await Task.Yield();")]
    [InlineData("await Task.Yield(); {|#0:rw.EnterWriteLock()|}; value++; rw.ExitWriteLock();")]
    [InlineData("if ({|#0:rw.TryEnterUpgradeableReadLock(100)|}) { rw.ExitUpgradeableReadLock(); }")]
    [InlineData("{|#0:mutex.WaitOne()|}; value++; mutex.ReleaseMutex(); await Task.Yield();")]
    [InlineData(
        "{|#0:rw.EnterReadLock()|}; Func<Task> f = async () => await Task.Yield(); rw.ExitReadLock(); await f();")]
    public Task Suggests_where_a_lock_is_given_back_before_the_next_await(string statements) =>
        Reports(Async(statements), new DiagnosticResult("SCOPE202", DiagnosticSeverity.Info).WithLocation(0));

    [Theory]
    [InlineData("[|Monitor.Enter(this)|]; await Task.Yield(); Monitor.Exit(this);")]
    [InlineData("[|rw.EnterWriteLock()|]; try { await Task.Yield(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("[|rw.EnterReadLock()|]; try { await foreach (var x in stream) { } } finally { rw.ExitReadLock(); }")]
    [InlineData("[|mutex.WaitOne()|]; await using (stream.GetAsyncEnumerator()) { } mutex.ReleaseMutex();")]
    public Task Reports_a_lock_that_is_held_across_an_await(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData(
        "[|Thread.Sleep(10)|];",
        "'Thread.Sleep' blocks the thread until the time is over; use 'await Task.Delay'")]
    [InlineData(
        "[|semaphore.Wait()|];",
        "'SemaphoreSlim.Wait' blocks the thread until the semaphore lets it in; use 'await WaitAsync'")]
    [InlineData(
        "[|manual.WaitOne()|];",
        "'ManualResetEvent.WaitOne' blocks the thread until it is signalled; await a 'TaskCompletionSource' or a "
        + "'SemaphoreSlim' instead")]
    [InlineData(
        "[|token.WaitHandle.WaitOne(10)|];",
        "'WaitHandle.WaitOne' blocks the thread until it is signalled; use 'await Task.Delay' with the token")]
    [InlineData(
        "foreach (var x in [|stream.ToBlockingEnumerable()|]) { }",
        "'ToBlockingEnumerable' blocks the thread whenever no element is there; use 'await foreach'")]
    [InlineData(
        "lock (this) { [|Thread.Sleep(10)|]; }",
        "'Thread.Sleep' blocks the thread until the time is over; await it before the lock is taken, or use a lock "
        + "that can be awaited")]
    [InlineData(
        "Task L() { [|Thread.Sleep(10)|]; return Task.CompletedTask; }",
        "'Thread.Sleep' blocks the thread until the time is over; make the function async and use 'await Task.Delay'")]
    [InlineData(
        "[|rw.EnterWriteLock()|]; await Task.Yield(); rw.ExitWriteLock();",
        "'ReaderWriterLockSlim.EnterWriteLock' blocks the thread until the lock is free; it is held across an "
        + "'await', after which another thread may have to give it back: use a lock that can be awaited, such as a "
        + "'SemaphoreSlim' of 1")]
    public Task Says_what_to_do(string statements, string message) => Reports(Async(statements), message);

    private static string InTest(string statements) =>
        $$"""
        class FactAttribute : Attribute { }

        class Tests
        {
            void Run(Func<Task> work) { }

            [Fact]
            public async Task Test(ManualResetEventSlim gate)
            {
                {{statements}}
            }
        }
        """;

    private static string Async(string statements) =>
        $$"""
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.Linq.Expressions;

        class Box { public void Wait() { } }

        class C
        {
            readonly SemaphoreSlim semaphore = new(1);
            readonly SemaphoreSlim? maybe = new(1);
            readonly ManualResetEventSlim slim = new();
            readonly ManualResetEvent manual = new(false);
            readonly AutoResetEvent auto = new(false);
            readonly Mutex mutex = new();
            readonly ReaderWriterLockSlim rw = new();
            readonly CountdownEvent countdown = new(1);
            readonly Barrier barrier = new(2);
            readonly BlockingCollection<int> queue = new();
            readonly Thread thread = new(() => { });
            readonly Process process = new(), other = new();
            IEnumerable<int> sequence = new[] { 1 };
            int value;
            void Use(IEnumerable<int> items) => sequence = items;

            async Task<int> M(IAsyncEnumerable<int> stream, bool flag, int time, TimeSpan span, CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ")}}
                return value;
            }
        }
        """;
}
