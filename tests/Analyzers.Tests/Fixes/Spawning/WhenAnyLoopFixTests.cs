using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Spawning;

/// <summary>The fix of SCOPE406: <c>Task.WhenEach</c>, from .NET 9 on.</summary>
public sealed class WhenAnyLoopFixTests : RuleTests<WhenAnyLoopAnalyzer, WhenAnyLoopFix>
{
    [Fact]
    public Task Takes_them_as_they_end() => Fixes(
        Method(
            """
            // as they come
                    while (tasks.Count > 0)
                    {
                        var done = await [|Task.WhenAny(tasks)|];
                        tasks.Remove(done);

                        // the result
                        Use(await done);
                    }
            """),
        Method(
            """
            // as they come
                    await foreach (var done in Task.WhenEach(tasks))
                    {
                        // the result
                        Use(await done);
                    }
            """),
        code: Code.Net100,
        title: "Take them as they end with 'Task.WhenEach'");

    [Fact]
    public Task Keeps_the_type_and_the_configuration() => Fixes(
        Method(
            """
            while (tasks.Any())
                    {
                        Task<int> done = await [|Task.WhenAny(tasks)|].ConfigureAwait(false);
                        _ = tasks.Remove(done);
                        if (done.IsFaulted) continue;
                        Use(await done.ConfigureAwait(false));
                    }
            """),
        Method(
            """
            await foreach (Task<int> done in Task.WhenEach(tasks).ConfigureAwait(false))
                    {
                        if (done.IsFaulted) continue;
                        Use(await done.ConfigureAwait(false));
                    }
            """),
        code: Code.Net100);

    [Theory]
    [InlineData(
        "while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); if (tasks.Count == 1) "
        + "break; }")]
    [InlineData(
        "while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); if (await t > 1) "
        + "tasks.Add(t); }")]
    [InlineData(
        "while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); } Use(tasks.Count);")]
    [InlineData("while (tasks.Count > 1) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); }")]
    [InlineData("while (tasks.Count > 0 && Use(1)) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); }")]
    [InlineData("while (tasks.Count > 0) { Use(1); var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); }")]
    [InlineData("while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; Use(1); tasks.Remove(t); }")]
    [InlineData("while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks.RemoveAt(0); }")]
    [InlineData("while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; /* gone */ tasks.Remove(t); }")]
    [InlineData("while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); t = tasks2[0]; }")]
    [InlineData("do { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); } while (tasks.Count > 0);")]
    [InlineData(
        "for (var i = 0; i < 9; i++) while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; "
        + "tasks.Remove(t); }")]
    [InlineData(
        "System.Func<int> left = () => tasks.Count; while (tasks.Count > 0) { var t = await "
        + "[|Task.WhenAny(tasks)|]; tasks.Remove(t); Use(left()); }")]
    public Task Writes_nothing_where_the_list_is_looked_at(string statements) =>
        OffersNoFix(Method(statements), code: Code.Net100);

    [Fact]
    public Task Writes_nothing_before_NET_9() => OffersNoFix(
        Method("while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); }"));

    private static string Method(string statements) =>
        $$"""
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        class C
        {
            async Task M(int[] ids, List<Task<int>> tasks2)
            {
                var tasks = ids.Select(LoadAsync).ToList();
                {{statements}}
            }

            bool Use(int value) => true;
            Task<int> LoadAsync(int id) => Task.FromResult(id);
        }
        """;
}
