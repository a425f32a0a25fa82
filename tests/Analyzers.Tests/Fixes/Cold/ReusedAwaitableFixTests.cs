using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary>The task of a value task that is consumed twice, in surroundings that a hasty rewrite breaks.</summary>
public sealed class ReusedAwaitableFixTests : RuleTests<ReusedAwaitableAnalyzer, ReusedAwaitableFix>
{
    [Theory]
    [InlineData(
        "var t = LoadAsync(); try { await t; } catch { await [|t|]; }",
        "var t = LoadAsync().AsTask(); try { await t; } catch { await t; }")]
    [InlineData(
        "var t = LoadAsync(); try { await t; } finally { Use(await [|t|]); }",
        "var t = LoadAsync().AsTask(); try { await t; } finally { Use(await t); }")]
    [InlineData(
        "var t = LoadAsync(); Func<Task<int>> f = async () => await [|t|]; await f(); await f();",
        "var t = LoadAsync().AsTask(); Func<Task<int>> f = async () => await t; await f(); await f();")]
    [InlineData(
        "var t = flag ? LoadAsync() : default; await t; await [|t|];",
        "var t = (flag ? LoadAsync() : default).AsTask(); await t; await t;")]
    [InlineData(
        "ValueTask<int> t = (LoadAsync()); Use((await t, await [|t|]));",
        "Task<int> t = (LoadAsync()).AsTask(); Use((await t, await t));")]
    [InlineData(
        "var t = LoadAsync(); await t.AsTask(); await [|t|].AsTask();",
        "var t = LoadAsync().AsTask(); await t; await t;")]
    [InlineData(
        "var t = LoadAsync(); t.GetAwaiter().GetResult(); await [|t|];",
        "var t = LoadAsync().AsTask(); t.GetAwaiter().GetResult(); await t;")]
    [InlineData(
        "var t = LoadAsync(); Use(nameof(t)); Use(t.IsCompleted); await t; await [|t|];",
        "var t = LoadAsync().AsTask(); Use(nameof(t)); Use(t.IsCompleted); await t; await t;")]
    [InlineData(
        "var t = LoadAsync(); lock (this) Use(t.IsCompleted); await t; Use($\"{await [|t|]}\");",
        "var t = LoadAsync().AsTask(); lock (this) Use(t.IsCompleted); await t; Use($\"{await t}\");")]
    [InlineData(
        "var t = this // the saver\n            .LoadAsync() /* quick */; await t; await [|t|];",
        "var t = this // the saver\n            .LoadAsync().AsTask() /* quick */; await t; await t;")]
    public Task Keeps_the_task(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Keeps_two_tasks_of_one_method() => Fixes(
        Async("var t = LoadAsync(); var u = LoadAsync(); Use(await t + await u); Use(await [|t|] + await [|u|]);"),
        Async(
            "var t = LoadAsync().AsTask(); var u = LoadAsync().AsTask(); Use(await t + await u); "
            + "Use(await t + await u);"));

    [Fact]
    public Task Writes_the_oldest_language() => Fixes(
        """
        using System;
        using System.Threading.Tasks;
        class C
        {
            async Task M(Func<ValueTask<int>> f)
            {
                ValueTask<int> t = f();
                await t;
                Console.WriteLine([|t|].Result);
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        class C
        {
            async Task M(Func<ValueTask<int>> f)
            {
                Task<int> t = f().AsTask();
                await t;
                Console.WriteLine(t.Result);
            }
        }
        """,
        code: Code.CSharp7);

    [Fact]
    public Task Qualifies_names_that_are_taken() => Fixes(
        "class Task { } class C { async System.Threading.Tasks.Task M(Func<ValueTask> f) "
        + "{ ValueTask t = f(); await t; await [|t|]; } }",
        "class Task { } class C { async System.Threading.Tasks.Task M(Func<ValueTask> f) "
        + "{ System.Threading.Tasks.Task t = f().AsTask(); await t; await t; } }");

    [Theory]
    [InlineData("var t = LoadAsync(); await t; t = LoadAsync(); await t; await [|t|];")]
    [InlineData("var t = LoadAsync(); await t; if (t == default) await [|t|];")]
    [InlineData("var t = LoadAsync(); await t; Take(t); await [|t|];")]
    [InlineData("var t = LoadAsync(); await t; Use(new { t }); await [|t|];")]
    public Task Writes_nothing_where_it_must_stay_a_value_task(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("var t = LoadAsync(); try { await t; } catch { t = LoadAsync(); await t; }")]
    [InlineData("var t = LoadAsync(); try { await t; } catch { if (flag) Use(t.IsFaulted); }")]
    [InlineData("var t = LoadAsync(); try { Use(t.IsCompleted); } catch { } finally { await t; }")]
    [InlineData("var t = LoadAsync(); Func<Task<int>> f = async () => await t; await f();")]
    [InlineData(
        "var t = LoadAsync(); Func<Task<int>> f = async () => await t; if (flag) await f(); else Use(await f());")]
    [InlineData("var t = flag ? default : new ValueTask<int>(1); await t; await t;")]
    public Task Ignores_what_is_consumed_once(string statements) => Ignores(Async(statements));

    private static string Async(string statements) =>
        $$"""
        class C
        {
            ValueTask<int> LoadAsync() => new ValueTask<int>(Task.FromResult(1));
            static void Use(object? value) { }
            static void Take(ValueTask<int> task) { }
            async Task M(bool flag)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}
