using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary>The list of tasks that are enumerated twice, in surroundings that a hasty rewrite breaks.</summary>
public sealed class ReenumeratedTasksFixTests : RuleTests<ReenumeratedTasksAnalyzer, ReenumeratedTasksFix>
{
    [Theory]
    [InlineData(
        "var t = [|ids.Select(LoadAsync)|]; try { await Task.WhenAll(t); } "
        + "catch { foreach (var x in t) Use(x.Exception); }",
        "var t = ids.Select(LoadAsync).ToList(); try { await Task.WhenAll(t); } "
        + "catch { foreach (var x in t) Use(x.Exception); }")]
    [InlineData(
        "var t = [|ids.Select(LoadAsync)|]; try { await Task.WhenAll(t); } finally { Use(t.Count()); }",
        "var t = ids.Select(LoadAsync).ToList(); try { await Task.WhenAll(t); } finally { Use(t.Count()); }")]
    [InlineData(
        "var t = [|ids.Select(async i => { await Task.Yield(); return i; })|]; await Task.WhenAll(t); "
        + "foreach (var x in t) Use(await x);",
        "var t = ids.Select(async i => { await Task.Yield(); return i; }).ToList(); await Task.WhenAll(t); "
        + "foreach (var x in t) Use(await x);")]
    [InlineData(
        "IEnumerable<Task<int>> t = [|Enumerable.Select(ids, LoadAsync)|]; await Task.WhenAll(t); Use(t.First());",
        "IEnumerable<Task<int>> t = Enumerable.Select(ids, LoadAsync).ToList(); "
        + "await Task.WhenAll(t); Use(t.First());")]
    [InlineData(
        "var t = [|ids.Where(i => i > 1) // some\n            .Select(LoadAsync)|] // all\n            ; "
        + "await Task.WhenAll(t); Use(t.Count());",
        "var t = ids.Where(i => i > 1) // some\n            .Select(LoadAsync).ToList() // all\n            ; "
        + "await Task.WhenAll(t); Use(t.Count());")]
    [InlineData(
        "lock (this) { } var t = [|ids.Select(LoadAsync)|]; Task.WaitAll(t.ToArray()); Use($\"{t.Count()}\");",
        "lock (this) { } var t = ids.Select(LoadAsync).ToList(); Task.WaitAll(t.ToArray()); Use($\"{t.Count()}\");")]
    public Task Makes_a_list(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Makes_two_lists_in_one_method() => Fixes(
        Async(
            "var t = [|ids.Select(LoadAsync)|]; var u = [|ids.Select(LoadAsync)|]; "
            + "await Task.WhenAll(t); await Task.WhenAll(u); Use(t.Count() + u.Count());"),
        Async(
            "var t = ids.Select(LoadAsync).ToList(); var u = ids.Select(LoadAsync).ToList(); "
            + "await Task.WhenAll(t); await Task.WhenAll(u); Use(t.Count() + u.Count());"));

    [Fact]
    public Task Makes_a_list_in_a_lambda() => Fixes(
        Async(
            "Func<Task> f = async () => { var t = [|ids.Select(LoadAsync)|]; await Task.WhenAll(t); Use(t.Count()); }; "
            + "await f();"),
        Async(
            "Func<Task> f = async () => { var t = ids.Select(LoadAsync).ToList(); await Task.WhenAll(t); "
            + "Use(t.Count()); }; await f();"));

    [Fact]
    public Task Writes_the_oldest_language() => Fixes(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        class C
        {
            async Task<int> M(List<int> ids)
            {
                var t = [|ids.Select(i => Task.Delay(i))|];
                await Task.WhenAll(t);
                return t.Count();
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        class C
        {
            async Task<int> M(List<int> ids)
            {
                var t = ids.Select(i => Task.Delay(i)).ToList();
                await Task.WhenAll(t);
                return t.Count();
            }
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("var t = [|ids.Select(LoadAsync)|]; foreach (var x in t) Use(await x); await Task.WhenAll(t);")]
    [InlineData("var t = [|ids.Select(LoadAsync)|]; Use(await t.First()); Use(await t.Last());")]
    public Task Starts_nothing_at_once_that_started_one_by_one(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("var t = ids.Select(LoadAsync); try { await Task.WhenAll(t); } catch { t = null; Use(t); }")]
    [InlineData("var t = ids.Select(LoadAsync); try { await Task.WhenAll(t); } catch { if (flag) throw; }")]
    [InlineData("var t = ids.Select(LoadAsync).ToList(); try { await Task.WhenAll(t); } catch { Use(t.Count); }")]
    public Task Ignores_one_enumeration(string statements) => Ignores(Async(statements));

    private static string Async(string statements) =>
        $$"""
        #nullable disable
        class C
        {
            static Task<int> LoadAsync(int id) => Task.FromResult(id);
            static void Use(object value) { }
            async Task M(bool flag, List<int> ids)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}
