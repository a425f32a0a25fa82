using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE306: awaitables that may be consumed once, and the task of a value task in their place.</summary>
public sealed class ReusedAwaitableTests : RuleTests<ReusedAwaitableAnalyzer, ReusedAwaitableFix>
{
    [Fact]
    public Task Says_where_it_was_consumed_before() => Reports(
        Async("var t = LoadAsync();\n        await t;\n        await [|t|];"),
        "'t' is a 'ValueTask<int>', which may be consumed once, and was consumed in line 10 already; "
        + "keep its 'AsTask()' instead");

    [Fact]
    public Task Says_that_the_place_runs_again() => Reports(
        Async("var t = SaveAsync(); while (flag) await [|t|];"),
        "'t' is a 'ValueTask', which may be consumed once, and this place runs again for the same one; "
        + "keep its 'AsTask()' instead");

    [Fact]
    public Task Says_to_call_a_coroutine_again() => Reports(
        "class C { async Coroutine Run() { var c = Step(); await c; await [|c|]; } "
        + "async Coroutine Step() { await Coroutine.Yield(); } }",
        "'c' is a 'Coroutine', which may be consumed once, and was consumed in line 1 already; "
        + "call the function again for another one",
        Loop);

    [Theory]
    [InlineData("var t = LoadAsync(); await t; Console.WriteLine([|t|].Result);")]
    [InlineData("var t = LoadAsync(); Console.WriteLine(await t + await [|t|]);")]
    [InlineData("var t = LoadAsync(); await t.ConfigureAwait(false); await [|t|].ConfigureAwait(false);")]
    [InlineData("var t = SaveAsync(); Keep(t.AsTask()); await [|t|];")]
    [InlineData("var t = SaveAsync(); t.GetAwaiter().GetResult(); await [|t|];")]
    [InlineData("var t = SaveAsync(); if (flag) await t; await [|t|];")]
    [InlineData("var t = SaveAsync(); await t; if (flag) await [|t|];")]
    [InlineData("var t = SaveAsync(); for (var i = 0; i < 3; i++) { await [|t|]; }")]
    [InlineData("var t = SaveAsync(); do { await [|t|]; } while (flag);")]
    [InlineData("ValueTask t; t = SaveAsync(); await t; await [|t|];")]
    [InlineData("var t = LoadAsync(); var all = ids.Select(async i => i + await [|t|]).ToList(); Keep(all[0]);")]
    [InlineData("var t = SaveAsync(); try { await t; } finally { } await [|t|];")]
    public Task Reports_a_second_use(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("async Task M(ValueTask t) { await t; await [|t|]; }")]
    [InlineData("void M() { L(default); async Task L(ValueTask t) { await t; await [|t|]; } }")]
    [InlineData("Func<ValueTask, Task> F = async t => { await t; await [|t|]; };")]
    [InlineData("async ValueTask<int> M(ValueTask<int> t) { await t; return await [|t|]; }")]
    [InlineData("Task M(ValueTask t) { Keep(t.AsTask()); return [|t|].AsTask(); }")]
    public Task Reports_parameters(string member) => Reports(Member(member));

    [Theory]
    [InlineData("ValueTask field; void M() { field = [|SaveAsync()|]; }")]
    [InlineData("readonly ValueTask<int> field; C() { field = [|LoadAsync()|]; }")]
    public Task Reports_a_field(string member) => Reports(Member(member));

    [Theory]
    [InlineData("var t = SaveAsync(); await t;")]
    [InlineData("var t = SaveAsync().AsTask(); await t; await t;")]
    [InlineData("var t = SaveAsync().Preserve(); await t; await t;")]
    [InlineData("var t = SaveAsync(); t = t.Preserve(); await t; await t;")]
    [InlineData("var t = new ValueTask(Task.Delay(1)); await t; await t;")]
    [InlineData("var t = new ValueTask<int>(1); await t; await t;")]
    [InlineData("ValueTask t = default; await t; await t;")]
    [InlineData("var t = ValueTask.FromResult(1); await t; await t;")]
    [InlineData("var t = SaveAsync(); await t; t = SaveAsync(); await t;")]
    [InlineData("var t = SaveAsync(); if (flag) await t; else await t;")]
    [InlineData("var t = SaveAsync(); if (flag) { await t; return; } await t;")]
    [InlineData("var t = LoadAsync(); Console.WriteLine(t.IsCompletedSuccessfully ? t.Result : await t);")]
    [InlineData("var t = SaveAsync(); if (flag) await t; if (!flag) await t;")]
    [InlineData("var t = SaveAsync(); switch (flag) { case true: await t; break; default: await t; break; }")]
    [InlineData("while (flag) { var t = SaveAsync(); await t; }")]
    [InlineData("ValueTask t; while (flag) { t = SaveAsync(); await t; }")]
    [InlineData("var t = SaveAsync(); while (flag) { if (t.IsCompleted) { await t; break; } }")]
    [InlineData("var t = SaveAsync(); foreach (var i in ids) { if (i > 1) await t; }")]
    [InlineData("var t = SaveAsync(); if (!t.IsCompleted) Console.WriteLine(t.IsFaulted); await t;")]
    [InlineData("var t = SaveAsync(); Func<Task> f = async () => await t; await f();")]
    [InlineData("Task t = Task.Delay(1); await t; await t;")]
    [InlineData("foreach (var t in new[] { SaveAsync(), SaveAsync() }) await t;")]
    public Task Ignores_one_use_on_every_path(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("Task<int> field = Task.FromResult(1); void M() => field = LoadAsync().AsTask();")]
    [InlineData("ValueTask field; void M() => field = default;")]
    [InlineData("ValueTask field; void M(ValueTask t) => field = t;")]
    public Task Ignores_other_fields(string member) => Ignores(Member(member));

    [Theory]
    [InlineData("async Coroutine Run() { await Step(); await Step(); }")]
    [InlineData("async Coroutine Run() { var c = Step(); await c; c = Step(); await c; }")]
    [InlineData("async Coroutine Run() { var c = Step(); Console.WriteLine(c.Status); await c; }")]
    public Task Ignores_coroutines_that_run_once(string member) => Ignores(Coroutines(member), Loop);

    [Theory]
    [InlineData("async Coroutine Run() { var c = Step(); while (true) { await [|c|]; } }")]
    [InlineData("void Run(CoroutineGroup group) { var c = Step(); group.Spawn(c); group.Spawn([|c|]); }")]
    [InlineData("async Coroutine Run(CoroutineGroup group) { var c = Step(); group.Spawn(c); await [|c|]; }")]
    public Task Reports_coroutines_that_run_again(string member) => Reports(Coroutines(member), Loop);

    [Theory]
    [InlineData(
        "var t = LoadAsync(); await t; await [|t|];", "var t = LoadAsync().AsTask(); await t; await t;")]
    [InlineData(
        "ValueTask t = SaveAsync(); await t; /* again */ await [|t|];",
        "Task t = SaveAsync().AsTask(); await t; /* again */ await t;")]
    [InlineData(
        "ValueTask<int> t = LoadAsync(); await t; Console.WriteLine([|t|].Result);",
        "Task<int> t = LoadAsync().AsTask(); await t; Console.WriteLine(t.Result);")]
    [InlineData(
        "var t = SaveAsync(); while (flag) await [|t|].ConfigureAwait(false);",
        "var t = SaveAsync().AsTask(); while (flag) await t.ConfigureAwait(false);")]
    [InlineData(
        "var t = SaveAsync(); Keep(t.AsTask()); await [|t|];",
        "var t = SaveAsync().AsTask(); Keep(t); await t;")]
    [InlineData(
        "var t = SaveAsync(); Keep(t.AsTask()); Keep([|t|].AsTask());",
        "var t = SaveAsync().AsTask(); Keep(t); Keep(t);")]
    public Task Keeps_the_task(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("ValueTask t; t = SaveAsync(); await t; await [|t|];")]
    [InlineData("ValueTask t = SaveAsync(), u = SaveAsync(); await t; await [|t|]; await u;")]
    [InlineData("var t = SaveAsync(); ValueTask u = t; await t; await [|t|]; await u;")]
    public Task Writes_nothing_where_it_must_stay_a_value_task(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Does_not_change_parameters() =>
        OffersNoFix(Member("async Task M(ValueTask t) { await t; await [|t|]; }"));

    private static Code Loop => Code.Default with { Sources = [("/0/Usings.cs", "global using ScopedTasks;")] };

    private static string Coroutines(string member) =>
        $"class C {{ async Coroutine Step() {{ await Coroutine.Yield(); }} {member} }}";

    private static string Async(string statements) => Member(
        $$"""
        async Task M(bool flag, int[] ids)
            {
                await Task.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        class C
        {
            static ValueTask SaveAsync() => new ValueTask(Task.Delay(1));
            static ValueTask<int> LoadAsync() => new ValueTask<int>(Task.FromResult(1));
            static void Keep(Task task) { }
            {{member}}
        }
        """;
}
