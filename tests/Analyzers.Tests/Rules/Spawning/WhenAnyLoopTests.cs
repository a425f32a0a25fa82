using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE406: loops that take one ended task after the other out of a collection.</summary>
public sealed class WhenAnyLoopTests : RuleTests<WhenAnyLoopAnalyzer>
{
    private const string Loop =
        "while (tasks.Count > 0) { var done = await [|Task.WhenAny(tasks)|]; tasks.Remove(done); await done; }";

    [Fact]
    public Task Advises_the_tasks_to_go_on_by_themselves() =>
        Reports(
            Async(Loop),
            "'Task.WhenAny' looks at all of 'tasks' again for every task that ends; "
            + "let each task go on with its own result, and await 'Task.WhenAll'");

    [Fact]
    public Task Advises_WhenEach_where_there_is_one() =>
        Reports(
            Async(Loop),
            "'Task.WhenAny' looks at all of 'tasks' again for every task that ends; "
            + "use 'await foreach' over 'Task.WhenEach'",
            Code.Net100);

    [Fact]
    public Task Advises_a_group_where_the_loop_waits_for_room() =>
        Reports(
            Async(
                """
                foreach (var id in ids)
                {
                    if (tasks.Count >= 8) { var done = await [|Task.WhenAny(tasks)|]; tasks.Remove(done); }
                    tasks.Add(LoadAsync(id));
                }
                """),
            "'Task.WhenAny' looks at all of 'tasks' again for every task that ends; "
            + "in a task group with a limit 'SpawnAsync' waits for a free slot");

    [Theory]
    [InlineData(
        "while (tasks.Any()) { var done = await [|Task.WhenAny(tasks)|].ConfigureAwait(false); tasks.Remove(done); "
        + "}")]
    [InlineData(
        "while (true) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); if (tasks.Count == 0) break; }")]
    [InlineData("do { Task<int> t = await [|Task.WhenAny(tasks)|]; _ = tasks.Remove(t); } while (tasks.Count > 0);")]
    [InlineData("while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks.ToArray())|]; tasks.Remove(t); }")]
    [InlineData("while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks.RemoveAt(tasks.IndexOf(t)); }")]
    [InlineData("while (tasks.Count > 0) { await [|Task.WhenAny(tasks)|]; tasks.RemoveAll(t => t.IsCompleted); }")]
    [InlineData(
        "while (tasks.Count > 0) { var t = await [|Task.WhenAny(tasks)|]; tasks = tasks.Where(x => x != "
        + "t).ToList(); }")]
    [InlineData("while (_set.Count > 0) { var t = await [|Task.WhenAny(_set)|]; _set.Remove(t); }")]
    [InlineData("for (var i = tasks.Count; i > 0; i--) { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); }")]
    [InlineData(
        "while (tasks.Count > 0) { try { var t = await [|Task.WhenAny(tasks)|]; tasks.Remove(t); } catch { } }")]
    public Task Reports_every_way_to_remove_it(string statement) => Reports(Async(statement));

    [Theory]
    [InlineData("var done = await Task.WhenAny(tasks); tasks.Remove(done);")]
    [InlineData("while (tasks.Count > 0) { var done = await Task.WhenAny(tasks); if (await done > 1) break; }")]
    [InlineData(
        "while (ids.Length > 0) { var done = await Task.WhenAny(LoadAsync(1), LoadAsync(2)); tasks.Remove(done); }")]
    [InlineData(
        "while (tasks.Count > 0) { var done = await Task.WhenAny(tasks[0], Task.Delay(1)); tasks.RemoveAt(0); }")]
    [InlineData("while (tasks.Count > 0) { await Task.WhenAll(tasks); tasks.RemoveAt(0); }")]
    [InlineData("foreach (var id in ids) { var some = Start(id); await Task.WhenAny(some); tasks.Remove(some[0]); }")]
    public Task Ignores_what_asks_once_or_keeps_them(string statement) => Ignores(Async(statement));

    private static string Async(string statements) =>
        $$"""
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        class C
        {
            readonly HashSet<Task> _set = new();

            async Task M(List<Task<int>> tasks, int[] ids)
            {
                {{statements}}
            }

            Task<int> LoadAsync(int id) => Task.FromResult(id);
            List<Task<int>> Start(int id) => new() { LoadAsync(id) };
        }
        """;
}
