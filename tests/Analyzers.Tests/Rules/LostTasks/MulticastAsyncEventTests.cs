using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE112: events that give a task, and whose raiser waits for the last handler alone.</summary>
public sealed class MulticastAsyncEventTests : RuleTests<MulticastAsyncEventAnalyzer>
{
    [Fact]
    public Task Reports_an_event() =>
        Reports(
            Member("async Task M() { await [|Changed!(1)|]; }"),
            "'Changed' may have several handlers, and gives the task of the last alone: nobody waits for the others; "
            + "run all of its handlers in a task group");

    [Fact]
    public Task Says_that_results_are_lost_too_and_names_no_type_of_ours_without_the_runtime() =>
        Reports(
            Member("async Task M() { if (await [|Asked!()|]) return; }"),
            "'Asked' may have several handlers, and gives the task and result of the last alone: "
            + "nobody waits for the others; await 'Task.WhenAll' over its 'GetInvocationList'",
            Code.WithoutRuntime);

    [Theory]
    [InlineData("async Task M() { if (Changed != null) await [|Changed(1)|]; }")]
    [InlineData("async Task M() { await [|Changed!.Invoke(1)|]; }")]
    [InlineData("async Task M() { await ([|Changed?.Invoke(1)|] ?? Task.CompletedTask); }")]
    [InlineData("async Task M() { await [|this.Changed!(1)|].ConfigureAwait(false); }")]
    [InlineData("async Task M() { var handler = Changed; if (handler != null) await [|handler(1)|]; }")]
    [InlineData("async Task M() { var handler = this.Changed; await [|handler!.Invoke(1)|]; }")]
    [InlineData("async Task M() { if (Changed is { } handler) await [|handler(1)|]; }")]
    [InlineData("async Task M() { if (Changed is Func<int, Task> handler) await [|handler(1)|]; }")]
    [InlineData("Task M() => [|Changed?.Invoke(1)|] ?? Task.CompletedTask;")]
    [InlineData("Task M() { return [|Changed!(1)|]; }")]
    [InlineData("async Task M() { await [|Saved!(this, EventArgs.Empty)|]; }")]
    [InlineData("async Task M() { await [|Valued!()|]; }")]
    [InlineData("public static event Func<Task>? Closed; static async Task M() { await [|Closed!()|]; }")]
    [InlineData("async Task M() { Func<Task> raise = () => [|Changed!(1)|]; await raise(); }")]
    [InlineData("void M() { [|Changed?.Invoke(1)|]; }")]
    [InlineData("void M() { _ = [|Changed?.Invoke(1)|]; }")]
    [InlineData("async Task M() { var task = [|Changed!(1)|]; await task; }")]
    public Task Reports_every_way_to_raise_it(string members) => Reports(Member(members));

    [Theory]
    [InlineData("class C { public event Func<Task>? E; Task M() => {|#0:E!()|}; }")]
    [InlineData("public class C { internal event Func<Task>? E; Task M() => {|#0:E!()|}; }")]
    [InlineData("public class C { class D { public event Func<Task>? E; Task M() => {|#0:E!()|}; } }")]
    public Task Suggests_where_only_this_project_can_subscribe(string code) =>
        Reports(code, new DiagnosticResult("SCOPE112", DiagnosticSeverity.Info).WithLocation(0));

    [Theory]
    [InlineData("Func<Task>? all; void Add(Func<Task> one) => all += one; Task M() => [|all!()|];")]
    [InlineData("Func<Task>? All { get; set; } void Add(Func<Task> one) => All += one; Task M() => [|All!()|];")]
    [InlineData("Func<Task>? all; event Func<Task> E { add { all += value; } remove { all -= value; } } "
        + "Task M() => [|all!()|];")]
    public Task Reports_a_delegate_that_handlers_are_added_to(string members) => Reports(Member(members));

    [Fact]
    public Task Reports_a_delegate_that_another_type_adds_to() =>
        Reports(
            """
            class Client { public Func<Task>? Closed; public Task CloseAsync() => [|Closed!()|]; }
            class User { User(Client client) { client.Closed += () => Task.CompletedTask; } }
            """);

    [Theory]
    [InlineData("Func<int, Task> next = null!; Task M() => next(1);")]
    [InlineData("readonly Func<int, Task> next = null!; Task M() => next(1);")]
    [InlineData("Func<int, Task>? Next { get; set; } Task M() => Next?.Invoke(1) ?? Task.CompletedTask;")]
    [InlineData("Task M(Func<Task> next) => next();")]
    [InlineData("Task M() { Func<Task> next = () => Task.CompletedTask; return next(); }")]
    [InlineData("Func<int> all = null!; void Add(Func<int> one) => all += one; int M() => all();")]
    [InlineData("void M() => Done?.Invoke();")]
    [InlineData("int next; void Add() => next += 1; Func<int, Task> own = null!; Task M() => own(next);")]
    public Task Ignores_every_other_delegate(string members) => Ignores(Member(members));

    [Theory]
    [InlineData("async Task M() { foreach (Func<int, Task> one in Changed!.GetInvocationList()) await one(1); }")]
    [InlineData("Task M() => Task.WhenAll(Changed!.GetInvocationList().Cast<Func<int, Task>>().Select(f => f(1)));")]
    [InlineData("async Task M() { foreach (var one in Changed!.GetInvocationList().Cast<Func<int, Task>>()) "
        + "await one(1); }")]
    [InlineData("async Task M() { var all = Changed!.GetInvocationList(); await ((Func<int, Task>)all[0])(1); }")]
    public Task Ignores_the_list_of_its_handlers(string members) => Ignores(Member(members));

    [Fact]
    public Task Leaves_unbounded_work_to_its_own_rule() =>
        Ignores(Member("void M(List<int> ids) { foreach (var id in ids) Changed!(id); }"));

    private static string Member(string members) =>
        $$"""
        public delegate Task AsyncHandler(object sender, EventArgs e);
        public class C
        {
            public event Func<int, Task>? Changed;
            public event AsyncHandler? Saved;
            protected event Func<Task<bool>>? Asked;
            public event Func<ValueTask>? Valued;
            public event Action? Done;
            {{members}}
        }
        """;
}
