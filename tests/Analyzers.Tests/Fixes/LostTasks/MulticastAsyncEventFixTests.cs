using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>What is written so that every handler of an event is waited for.</summary>
public sealed class MulticastAsyncEventFixTests : RuleTests<MulticastAsyncEventAnalyzer, MulticastAsyncEventFix>
{
    [Fact]
    public Task Runs_every_handler_in_a_group() =>
        Fixes(
            Member("""
            async Task M(int id)
            {
                // before
                await [|Changed!(id)|]; // after
            }
            """),
            Member("""
            async Task M(int id)
            {
                // before
                await TaskGroup.ForEachAsync(Changed!.GetInvocationList(), (handler, ct) => ((Func<int, Task>)handler)(id), TaskGroupOptions.Collect); // after
            }
            """),
            title: "Run every handler in a task group (waits for all; failures come out at the end)");

    [Theory]
    [InlineData(
        "async Task M() { if (Changed != null) await [|Changed.Invoke(1)|].ConfigureAwait(false); }",
        "async Task M() { if (Changed != null) await TaskGroup.ForEachAsync(Changed.GetInvocationList(), "
        + "(handler, ct) => ((Func<int, Task>)handler)(1), TaskGroupOptions.Collect).ConfigureAwait(false); }")]
    [InlineData(
        "async Task M() { await ([|Changed?.Invoke(1)|] ?? Task.CompletedTask); }",
        "async Task M() { await TaskGroup.ForEachAsync(Changed?.GetInvocationList() ?? Array.Empty<Delegate>(), "
        + "(handler, ct) => ((Func<int, Task>)handler)(1), TaskGroupOptions.Collect); }")]
    [InlineData(
        "async Task M() { if (Changed is { } handler) await [|handler(1)|]; }",
        "async Task M() { if (Changed is { } handler) await TaskGroup.ForEachAsync(handler.GetInvocationList(), "
        + "(handler1, ct) => ((Func<int, Task>)handler1)(1), TaskGroupOptions.Collect); }")]
    [InlineData(
        "Task M() => [|Changed?.Invoke(1)|] ?? Task.CompletedTask;",
        "Task M() => TaskGroup.ForEachAsync(Changed?.GetInvocationList() ?? Array.Empty<Delegate>(), "
        + "(handler, ct) => ((Func<int, Task>)handler)(1), TaskGroupOptions.Collect);")]
    [InlineData(
        "async Task M() { await [|Valued!()|]; }",
        "async Task M() { await TaskGroup.ForEachAsync(Valued!.GetInvocationList(), "
        + "(handler, ct) => ((Func<ValueTask>)handler)().AsTask(), TaskGroupOptions.Collect); }")]
    [InlineData(
        "async Task M() { await [|Asked!()|]; }",
        "async Task M() { await TaskGroup.ForEachAsync(Asked!.GetInvocationList(), "
        + "(handler, ct) => ((Func<Task<bool>>)handler)(), TaskGroupOptions.Collect); }")]
    public Task Writes_it_in_every_form(string before, string after) => Fixes(Member(before), Member(after));

    [Fact]
    public Task Gives_all_handlers_the_same_arguments() =>
        Fixes(
            Member("""
            async Task M()
            {
                await [|Saved!(this, new EventArgs())|];
            }
            """),
            Member("""
            async Task M()
            {
                var e = new EventArgs();
                await TaskGroup.ForEachAsync(Saved!.GetInvocationList(), (handler, ct) => ((AsyncHandler)handler)(this, e), TaskGroupOptions.Collect);
            }
            """));

    [Fact]
    public Task Awaits_all_of_them_without_the_runtime() =>
        Fixes(
            Member("async Task M() { await [|Changed!(1)|]; }", usings: "using System.Linq;"),
            Member(
                "async Task M() { await Task.WhenAll(Enumerable.Select(Changed!.GetInvocationList(), "
                + "handler => ((Func<int, Task>)handler)(1))); }",
                usings: "using System.Linq;"),
            code: Code.WithoutRuntime,
            title: "Await every handler with 'Task.WhenAll'");

    [Theory]
    [InlineData("async Task M() { if (await [|Asked!()|]) return; }")]
    [InlineData("Task<bool> M() => [|Asked!()|];")]
    [InlineData("ValueTask M() => [|Valued!()|];")]
    public Task Refuses_where_a_result_is_used(string members) => OffersNoFix(Member(members));

    [Theory]
    [InlineData("async Task M() { var task = [|Changed!(1)|]; await task; }")]
    [InlineData("void M() { _ = [|Changed?.Invoke(1)|]; }")]
    [InlineData("async Task M() { await Task.WhenAll([|Changed!(1)|], Task.Delay(1)); }")]
    [InlineData("async Task M() { await ([|Changed?.Invoke(1)|] ?? Task.Delay(1)); }")]
    public Task Refuses_where_the_task_is_used_otherwise(string members) => OffersNoFix(Member(members));

    [Theory]
    [InlineData("Task M() => [|Saved!(this, new EventArgs())|];")]
    [InlineData("int Next() => 1; async Task M() { await ([|Changed?.Invoke(Next())|] ?? Task.CompletedTask); }")]
    [InlineData("public delegate Task Counting(ref int count); public event Counting? Counted; "
        + "Task M() { var count = 1; return [|Counted!(ref count)|]; }")]
    public Task Refuses_what_cannot_be_evaluated_once(string members) => OffersNoFix(Member(members));

    private static string Member(string members, string usings = "using ScopedTasks;") =>
        $$"""
        {{usings}}
        public delegate Task AsyncHandler(object sender, EventArgs e);
        public class C
        {
            public event Func<int, Task>? Changed;
            public event AsyncHandler? Saved;
            public event Func<Task<bool>>? Asked;
            public event Func<ValueTask>? Valued;
        {{Indented(members)}}
        }
        """;

    private static string Indented(string members) => "    " + members.ReplaceLineEndings("\n    ");
}
