using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE304: deferred sequences of tasks that are enumerated twice, and a list in their place.</summary>
public sealed class ReenumeratedTasksTests : RuleTests<ReenumeratedTasksAnalyzer, ReenumeratedTasksFix>
{
    [Fact]
    public Task Says_where_it_is_enumerated() => Reports(
        Async(
            "var sends = [|ids.Select(SaveAsync)|];\n        await Task.WhenAll(sends);\n"
            + "        foreach (var t in sends) Use(t);"),
        "'SaveAsync' is called again for every element whenever 'sends' is enumerated: in line 9 and in line 10; "
        + "keep its 'ToList()'");

    [Fact]
    public Task Says_that_the_place_runs_again() => Reports(
        Async("var sends = [|ids.Select(id => SaveAsync(id))|]; while (flag) await Task.WhenAll(sends);"),
        "'SaveAsync' is called again for every element whenever 'sends' is enumerated: in line 8, and again when that "
        + "runs again; keep its 'ToList()'");

    [Theory]
    [InlineData("var t = [|ids.Select(async id => { await SaveAsync(id); })|]; await Task.WhenAll(t); Use(t.Count());")]
    [InlineData("var t = [|ids.Select(SaveAsync)|].Where(x => !x.IsFaulted); await Task.WhenAll(t); Use(t.First());")]
    [InlineData("var t = [|ids.Select(SaveAsync)|]; if (t.Any()) await Task.WhenAll(t);")]
    [InlineData("var t = [|ids.Select(SaveAsync)|]; var l = t.ToList(); await Task.WhenAll(t); Use(l);")]
    [InlineData("var t = [|ids.Select(SaveAsync)|]; foreach (var x in t) Use(x); foreach (var x in t) await x;")]
    [InlineData("IEnumerable<Task> t = [|ids.Select(SaveAsync)|]; await Task.WhenAny(t); await Task.WhenAll(t);")]
    [InlineData("var t = from id in ids [|select SaveAsync(id)|]; await Task.WhenAll(t); Use(t.ToArray());")]
    [InlineData("var t = [|ids.Select(SaveAsync)|]; await Task.WhenAll(t); Use(new List<Task>(t));")]
    [InlineData("var t = [|ids.Select(LoadAsync)|]; await Task.WhenAll(t); Use(t.Sum(x => x.Result));")]
    [InlineData("var t = [|ids.Select(LoadAsync)|]; await Task.WhenAll(t); var r = t.Select(x => x.Result).ToList();")]
    [InlineData("var t = [|Each(ids)|]; await Task.WhenAll(t); await Task.WhenAll(t);")]
    public Task Reports_every_second_enumeration(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("var t = ids.Select(SaveAsync); await Task.WhenAll(t);")]
    [InlineData("var t = ids.Select(SaveAsync).ToList(); await Task.WhenAll(t); Use(t.Count);")]
    [InlineData("var t = ids.Select(SaveAsync).ToArray(); await Task.WhenAll(t); foreach (var x in t) Use(x);")]
    [InlineData("var t = ids.Select(SaveAsync); if (flag) await Task.WhenAll(t); else foreach (var x in t) await x;")]
    [InlineData("var t = ids.Select(SaveAsync); if (flag) { await Task.WhenAll(t); return; } Use(t.ToList());")]
    [InlineData(
        "var t = ids.Select(SaveAsync); await Task.WhenAll(t); t = ids.Select(SaveAsync); await Task.WhenAll(t);")]
    [InlineData("while (flag) { var t = ids.Select(SaveAsync); await Task.WhenAll(t); }")]
    [InlineData("var t = ids.Select(id => id + 1); Use(t.Count()); Use(t.ToList());")]
    [InlineData("var t = tasks.Where(x => x.IsFaulted); await Task.WhenAll(t); Use(t.ToList());")]
    [InlineData("var t = ids.Select(SaveAsync); var u = t.Where(x => flag); await Task.WhenAll(u);")]
    [InlineData("var t = ids.Select(SaveAsync); Use(nameof(t)); Use(t); await Task.WhenAll(t);")]
    [InlineData("IEnumerable<Task> t = ids.Select(SaveAsync); t = t.ToList(); await Task.WhenAll(t); Use(t.First());")]
    public Task Ignores_one_enumeration_on_every_path(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData(
        "var t = [|ids.Select(SaveAsync)|]; await Task.WhenAll(t); foreach (var x in t) Use(x);",
        "var t = ids.Select(SaveAsync).ToList(); await Task.WhenAll(t); foreach (var x in t) Use(x);")]
    [InlineData(
        "var t = [|ids.Select(SaveAsync)|].Where(x => flag); /* all */ await Task.WhenAll(t); Use(t.First());",
        "var t = ids.Select(SaveAsync).Where(x => flag).ToList(); /* all */ await Task.WhenAll(t); Use(t.First());")]
    [InlineData(
        "var t = from id in ids [|select SaveAsync(id)|]; await Task.WhenAll(t); Use(t.Count());",
        "var t = (from id in ids select SaveAsync(id)).ToList(); await Task.WhenAll(t); Use(t.Count());")]
    [InlineData(
        "IEnumerable<Task> t = [|ids.Select(SaveAsync)|]; Use(t.ToArray()); Use(t.ToArray());",
        "IEnumerable<Task> t = ids.Select(SaveAsync).ToList(); Use(t.ToArray()); Use(t.ToArray());")]
    public Task Makes_a_list(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("var t = [|ids.Select(SaveAsync)|]; foreach (var x in t) await x; foreach (var x in t) Use(x);")]
    [InlineData("var t = [|ids.Select(SaveAsync)|]; if (t.Any()) await Task.WhenAll(t);")]
    public Task Does_not_start_at_once_what_started_one_by_one(string statements) => OffersNoFix(Async(statements));

    private static string Async(string statements) =>
        $$"""
        class C
        {
            static Task SaveAsync(int id) => Task.Delay(id);
            static Task<int> LoadAsync(int id) => Task.FromResult(id);
            static void Use(object value) { }
            async Task M(bool flag, List<int> ids, IEnumerable<Task> tasks)
            {
                {{statements}}
            }
            IEnumerable<Task> Each(List<int> ids) { foreach (var id in ids) yield return SaveAsync(id); }
        }
        """;
}
