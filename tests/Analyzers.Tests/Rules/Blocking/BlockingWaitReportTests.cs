using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingWaitTests
{
    [Theory]
    [InlineData("var n = [|LoadAsync().Result|];")]
    [InlineData("[|SaveAsync().Wait()|];")]
    [InlineData("[|SaveAsync().Wait(1000)|];")]
    [InlineData("[|SaveAsync().Wait(TimeSpan.FromSeconds(1))|];")]
    [InlineData("[|SaveAsync().Wait(token)|];")]
    [InlineData("[|SaveAsync().Wait(1000, token)|];")]
    [InlineData("[|SaveAsync().Wait(-1)|];")]
    [InlineData("[|SaveAsync().GetAwaiter().GetResult()|];")]
    [InlineData("var n = [|LoadAsync().GetAwaiter().GetResult()|];")]
    [InlineData("var n = [|LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("var n = [|ReadAsync().Result|];")]
    [InlineData("var n = [|ReadAsync().GetAwaiter().GetResult()|];")]
    [InlineData("var n = [|ReadAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("[|FlushAsync().GetAwaiter().GetResult()|];")]
    [InlineData("[|FlushAsync().AsTask().Wait()|];")]
    [InlineData("[|Task.WaitAll(SaveAsync(), LoadAsync())|];")]
    [InlineData("var i = [|Task.WaitAny(SaveAsync(), LoadAsync())|];")]
    [InlineData("var b = [|Task.WaitAll(new[] { SaveAsync() }, 100)|];")]
    [InlineData("[|new Task(() => { }).RunSynchronously()|];")]
    [InlineData("[|Task.Delay(10).Wait()|];")]
    [InlineData("var n = [|[|Task.FromResult(1).ContinueWith(_ => LoadAsync()).Result|].Result|];")]
    [InlineData("var n = maybe?[|.Result|];")]
    [InlineData("var t = LoadAsync(); var n = [|t.Result|];")]
    [InlineData("var n = [|field.Result|] + [|Property.Result|];")]
    [InlineData("var n = [|parameter.Result|];")]
    [InlineData("lock (this) { [|SaveAsync().Wait()|]; }")]
    [InlineData("try { } catch (Exception) when ([|LoadAsync().Result|] > 1) { }")]
    [InlineData("var q = from x in new[] { 1 } select x + [|LoadAsync().Result|];")]
    [InlineData("Func<Task> f = async () => [|SaveAsync().Wait()|];")]
    [InlineData("Func<Task> f = () => { [|SaveAsync().Wait()|]; return Task.CompletedTask; };")]
    [InlineData("async void L() { [|SaveAsync().Wait()|]; await Task.Yield(); }")]
    [InlineData("Task L() { [|SaveAsync().Wait()|]; return Task.CompletedTask; }")]
    [InlineData("await Task.Run(async () => { await Task.Yield(); [|SaveAsync().Wait()|]; });")]
    [InlineData("if ([|LoadAsync().Result|] > 1) { }")]
    [InlineData("await SaveAsync(); [|SaveAsync().Wait()|];")]
    [InlineData("var t = LoadAsync(); await SaveAsync(); var n = [|t.Result|];")]
    [InlineData("var a = LoadAsync(); var b = LoadAsync(); await a; var n = [|b.Result|];")]
    [InlineData("if (flag) { var t = LoadAsync(); await t; } else { var t = LoadAsync(); var n = [|t.Result|]; }")]
    [InlineData("var n = [|map.GetOrAdd(1, _ => LoadAsync()).Result|];")]
    public Task Reports_blocking_in_async_code(string statements) => Reports(Async(statements));

    [Fact]
    public Task Reports_in_top_level_code() =>
        Reports("var text = [|File.ReadAllTextAsync(\"a\").Result|];", Code.Program);

    [Fact]
    public Task Reports_in_a_method_that_returns_a_task_without_being_async() => Reports(
        """
        class C
        {
            Task<int> M(Task<int> task)
            {
                var n = [|task.Result|];
                return Task.FromResult(n);
            }
        }
        """);

    [Fact]
    public Task Reports_in_an_async_iterator() => Reports(
        """
        class C
        {
            async IAsyncEnumerable<int> M(Task<int> task)
            {
                await Task.Yield();
                yield return [|task.Result|];
            }
        }
        """);

    [Fact]
    public Task Reports_the_second_branch_too() => Reports(Async(
        """
        var t = LoadAsync();
        if (flag)
        {
            Console.WriteLine([|t.Result|]);
        }
        else
        {
            Console.WriteLine([|t.Result|]);
        }
        """));

    [Fact]
    public Task Reports_only_the_first_wait_for_a_task() => Reports(Async(
        """
        var t = LoadAsync();
        [|t.Wait()|];
        Console.WriteLine(t.Result);
        """));

    [Fact]
    public Task Reports_only_the_wait_for_all_of_them() => Reports(Async(
        """
        var a = LoadAsync();
        var b = LoadAsync();
        [|Task.WaitAll(a, b)|];
        Console.WriteLine(a.Result + b.Result);
        """));

    [Fact]
    public Task Says_what_to_do() => Reports(
        Async("[|SaveAsync().Wait()|];"),
        "'SaveAsync().Wait()' blocks the thread until the task has completed; await it");

    [Fact]
    public Task Names_the_delegate_that_is_called() => Reports(
        Async("Func<Task> save = SaveAsync; [|save().Wait()|];"),
        "'save().Wait()' blocks the thread until the task has completed; await it");

    [Fact]
    public Task Ignores_a_delegate_that_a_group_runs_on_the_thread_pool() => Ignores(
        "using ScopedTasks;" + Async(
            "await TaskGroup.RunAsync(async group => { await group.RunOnThreadPool(_ => LoadAsync().Result); });"));

    [Theory]
    [InlineData("var ended = {|#0:task.Wait(50)|};", DiagnosticSeverity.Info)]
    [InlineData("var ended = {|#0:Task.WaitAll(new[] { task }, 50)|};", DiagnosticSeverity.Info)]
    [InlineData("{|#0:task.Wait(50)|};", DiagnosticSeverity.Warning)]
    [InlineData("{|#0:task.Wait()|};", DiagnosticSeverity.Warning)]
    public Task Suggests_where_a_test_looks_whether_a_task_ends_in_time(
        string statement, DiagnosticSeverity severity) => Reports(
        $$"""
        class FactAttribute : Attribute { }
        class C { [Fact] async Task M(Task task) { {{statement}} await Task.Yield(); } }
        """,
        new DiagnosticResult("SCOPE201", severity).WithLocation(0));

    [Fact]
    public Task Says_what_to_do_about_a_timeout() => Reports(
        Async("[|SaveAsync().Wait(1000)|];"),
        "'SaveAsync().Wait()' blocks the thread until the task has completed; await it with a timeout");

    [Fact]
    public Task Says_what_to_do_in_a_lock() => Reports(
        Async("lock (this) { [|SaveAsync().Wait()|]; }"),
        "'SaveAsync().Wait()' blocks the thread until the task has completed; await it before the lock is taken, or "
        + "use a lock that can be awaited");

    [Theory]
    [InlineData("semaphore.Wait(0);")]
    [InlineData("SaveAsync().Wait(0);")]
    [InlineData("SaveAsync().Wait(TimeSpan.Zero);")]
    [InlineData("if (SaveAsync().Wait(TimeSpan.FromSeconds(0))) { }")]
    [InlineData("var b = Task.WaitAll(new[] { SaveAsync() }, 0);")]
    [InlineData("var name = nameof(Task<int>.Result);")]
    [InlineData("Expression<Func<int>> e = () => LoadAsync().Result;")]
    [InlineData("Func<int> f = () => LoadAsync().Result;")]
    [InlineData("void L() => SaveAsync().Wait();")]
    [InlineData("await Task.Run(() => SaveAsync().Wait());")]
    [InlineData("await Task.Run(() => { SaveAsync().Wait(); return Task.CompletedTask; });")]
    [InlineData("await Task.Factory.StartNew(() => { SaveAsync().Wait(); return SaveAsync(); });")]
    [InlineData("new Thread(() => SaveAsync().Wait()).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => SaveAsync().Wait());")]
    [InlineData("var n = new Box().Result;")]
    [InlineData("new CountdownEvent(1).Wait();")]
    public Task Ignores_what_does_not_block_async_code(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("var n = isAsync ? await LoadAsync() : LoadAsync().GetAwaiter().GetResult();")]
    [InlineData("if (isAsync) { await SaveAsync(); } else { SaveAsync().Wait(); }")]
    [InlineData("if (isAsync) { await SaveAsync(); return; } SaveAsync().Wait();")]
    [InlineData("if (!context.IsSynchronous) { await SaveAsync(); } else { SaveAsync().Wait(); }")]
    public Task Ignores_code_that_serves_both_worlds(string statements) => Ignores(
        Async(
            "var isAsync = flag; var context = new Context();" + statements));

    [Theory]
    [InlineData("if (flag) { [|SaveAsync().Wait()|]; }")]
    [InlineData("[|SaveAsync().Wait()|]; var isAsync = flag; if (isAsync) { await SaveAsync(); }")]
    public Task Reports_blocking_that_no_such_flag_asks_for(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("int M(Task<int> task) => task.Result;")]
    [InlineData("int P => Task.Run(() => 1).Result;")]
    [InlineData("public C() { Task.Delay(1).Wait(); }")]
    [InlineData("void Dispose() => Task.Delay(1).GetAwaiter().GetResult();")]
    [InlineData("readonly int _n = Task.Run(() => 1).Result;")]
    [InlineData("readonly Lazy<int> _n = new(() => Task.Run(() => 1).Result);")]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode(\"x\", \"1\")] async Task M() => Task.Delay(1).Wait();")]
    public Task Ignores_code_that_is_not_async(string member) => Ignores($$"""class C { {{member}} }""");

    [Fact]
    public Task Ignores_code_that_does_not_compile() => Ignores(
        """
        class C
        {
            async Task M(Task<int> task)
            {
                {|CS0103:Unknown|}(task.Result);
            }
        }
        """);

    private static string Async(string statements) =>
        $$"""
        using System.Collections.Concurrent;
        using System.Linq.Expressions;

        class Box { public int Result { get; set; } }

        class Context { public bool IsSynchronous; }

        class C
        {
            readonly Task<int> field = Task.Run(() => 1);
            readonly SemaphoreSlim semaphore = new(1);
            readonly ConcurrentDictionary<int, Task<int>> map = new();
            Task<int> Property => field;
            Task SaveAsync() => Task.Delay(1);
            Task<int> LoadAsync() => field;
            ValueTask<int> ReadAsync() => new(field);
            ValueTask FlushAsync() => default;
            Task<string> Text() => Task.Run(() => "");
            Task<Func<int>> Get() => Task.Run<Func<int>>(() => () => 1);
            Task<Task<int>> Nested() => Task.Run(() => Task.FromResult(field));
            int[] Array() => new int[1];
            int Use(int a, int b) => a;
            int sum;
            Task[] all = { };

            async Task M(
                Task<int> parameter, Task<int>? maybe, ValueTask<int> value, bool flag, CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ")}}
            }
        }
        """;
}
