using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE103: tasks that a local keeps and nobody waits for.</summary>
public sealed class UnjoinedLocalTests : RuleTests<UnjoinedLocalAnalyzer>
{
    [Fact]
    public Task Reports_a_local_that_nothing_reads() =>
        Reports(
            Async("var sent = [|SendAsync(1)|]; await SaveAsync();"),
            "'SendAsync' is started here and nobody waits for it: 'sent' is never awaited; run it in a task group");

    [Fact]
    public Task Reports_a_local_in_a_method_that_is_not_async() =>
        Reports(
            Member("void M() { var sent = [|SendAsync(1)|]; }"),
            "'SendAsync' is started here and nobody waits for it: 'sent' is never awaited; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Theory]
    [InlineData("Task? sent = null; if (flag) { sent = [|SendAsync(1)|]; } await SaveAsync();")]
    [InlineData("var sent = flag ? [|SendAsync(1)|] : [|SaveAsync()|]; await SaveAsync();")]
    [InlineData("var sent = [|SendAsync(1)|].ConfigureAwait(false); await SaveAsync();")]
    [InlineData("var sent = [|SendAsync(1)|]; if (sent == null) { return; } await SaveAsync();")]
    [InlineData("var sent = [|SendAsync(1)|]; Console.WriteLine(nameof(sent) + sent.Id); await SaveAsync();")]
    [InlineData("var tasks = new List<Task>(); tasks.Add([|SendAsync(1)|]); await SaveAsync();")]
    [InlineData("var tasks = new List<Task> { [|SendAsync(1)|], [|SaveAsync()|] }; await SaveAsync();")]
    [InlineData("var tasks = new[] { [|SendAsync(1)|], [|SaveAsync()|] }; await SaveAsync();")]
    [InlineData("var tasks = new Task[1]; tasks[0] = [|SendAsync(1)|]; await SaveAsync();")]
    [InlineData("while (true) { await SaveAsync(); if (flag) { var sent = [|SendAsync(1)|]; break; } }")]
    [InlineData("Func<Task> f = async () => { var sent = [|SendAsync(1)|]; await SaveAsync(); }; await f();")]
    [InlineData("await Local(); async Task Local() { var sent = [|SendAsync(1)|]; await SaveAsync(); }")]
    [InlineData("try { var sent = [|SendAsync(1)|]; } catch (Exception e) { Console.WriteLine(e); } "
        + "await SaveAsync();")]
    [InlineData("var sent = [|SendAsync(1)|]; while (true) { await SaveAsync(); }")]
    public Task Reports_a_task_that_is_never_joined(string statements) => Reports(Async(statements));

    [Fact]
    public Task Reports_what_is_overwritten_while_it_runs() =>
        Reports(
            Async("var sent = [|SendAsync(1)|]; sent = SendAsync(2); await sent;"),
            "'SendAsync' is started here and nobody waits for it: 'sent' is given another value before anybody has "
            + "waited for this one; run it in a task group");

    [Theory]
    [InlineData("var sent = [|SendAsync(1)|]; if (flag) { sent = SendAsync(2); } await sent;")]
    [InlineData("var tasks = new List<Task>(); tasks.Add([|SendAsync(1)|]); tasks.Clear(); tasks.Add(SaveAsync()); "
        + "await Task.WhenAll(tasks);")]
    [InlineData("Task sent = [|SendAsync(1)|]; sent = Task.CompletedTask; await sent;")]
    public Task Reports_what_is_overwritten_on_a_path(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("var sent = SendAsync(1); await SaveAsync(); await sent;")]
    [InlineData("var sent = SendAsync(1); await SaveAsync(); await sent.ConfigureAwait(false);")]
    [InlineData("var sent = SendAsync(1); await Task.WhenAll(sent, SaveAsync());")]
    [InlineData("var sent = SendAsync(1); sent.Wait();")]
    [InlineData("var sent = SendAsync(1); Register(sent);")]
    [InlineData("var sent = SendAsync(1); _field = sent;")]
    [InlineData("var sent = SendAsync(1); var other = sent; await other;")]
    [InlineData("var sent = SendAsync(1); while (!sent.IsCompleted) { await Task.Yield(); }")]
    [InlineData("var sent = SendAsync(1); Action wait = () => sent.Wait(); wait();")]
    [InlineData("var sent = SendAsync(1); await Local(); async Task Local() => await sent;")]
    [InlineData("var sent = SendAsync(1); sent = sent.ContinueWith(t => { }); await sent;")]
    [InlineData("var sent = SendAsync(1); await using var d = new Joined(sent); await SaveAsync();")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(SendAsync(1)); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(SendAsync(1)); foreach (var t in tasks) { await t; }")]
    [InlineData("var tasks = new[] { SendAsync(1), SaveAsync() }; await Task.WhenAll(tasks);")]
    [InlineData("var late = Task.Delay(5); await SaveAsync();")]
    [InlineData("var done = Task.FromResult(1); await SaveAsync();")]
    [InlineData("var known = new Dictionary<int, Task>(); var sent = known[1]; await SaveAsync();")]
    [InlineData("var queue = new Queue<Task>(); var sent = queue.Dequeue(); await SaveAsync();")]
    [InlineData("Task last = Task.CompletedTask; for (var i = 0; i < 3; i++) { await last; last = SendAsync(i); } "
        + "await last;")]
    [InlineData("await ScopedTasks.TaskGroup.RunAsync(async group => { var child = group.Run(ct => "
        + "SendAsync(1)); await SaveAsync(); });")]
    public Task Ignores_what_somebody_may_join(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("_")]
    [InlineData("__")]
    [InlineData("ignored")]
    [InlineData("_unused")]
    public Task Leaves_what_is_named_a_discard_to_SCOPE102(string name) =>
        Ignores(Async($"var {name} = SendAsync(1); await SaveAsync();"));

    [Fact]
    public Task Ignores_a_task_that_a_test_looks_at() =>
        Ignores(Async("var sent = SendAsync(1); if (sent.Status != TaskStatus.WaitingForActivation) { throw new(); } "
            + "await SaveAsync();"));

    [Fact]
    public Task Leaves_a_loop_to_SCOPE401() =>
        Ignores(Async("while (flag) { var sent = SendAsync(1); await SaveAsync(); }"));

    [Fact]
    public Task Ignores_an_own_type_that_keeps_tasks() =>
        Ignores(Async("var bag = new Bag(); bag.Add(SendAsync(1)); await SaveAsync();"));

    private static string Async(string statements) => Member($"async Task M(bool flag) {{ {statements} }}");

    private static string Member(string member) =>
        $$"""
        sealed class Joined : IAsyncDisposable
        {
            public Joined(Task task) { }
            public ValueTask DisposeAsync() => default;
        }
        sealed class Bag { public void Add(Task task) { } }
        class C
        {
            Task? _field;
            static Task SendAsync(int number) => Task.Delay(number);
            static Task SaveAsync() => Task.Delay(1);
            static void Register(Task task) { }
            {{member}}
        }
        """;
}
