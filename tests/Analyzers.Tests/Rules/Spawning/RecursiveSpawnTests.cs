using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE408: functions that start themselves per child, and limits that multiply.</summary>
public sealed class RecursiveSpawnTests : RuleTests<RecursiveSpawnAnalyzer>
{
    [Fact]
    public Task Says_what_becomes_of_one_call() =>
        Reports(
            Walk("foreach (var child in node.Children) _ = [|WalkAsync(child)|];"),
            "'WalkAsync' starts itself for each child without a bound, so one call becomes as many as there are nodes; "
            + "walk the tree first, or await the children one by one");

    [Fact]
    public Task Says_that_limits_multiply() =>
        Reports(
            Walk(
                """
                await Parallel.ForEachAsync(node.Children, async (child, ct) =>
                    await [|Parallel.ForEachAsync(child.Children, async (x, ct2) => await VisitAsync(x))|]);
                """),
            "'Parallel.ForEachAsync' runs for each element of another 'Parallel.ForEachAsync', so their limits "
            + "multiply; let one of them go one by one, or share a 'SemaphoreSlim'");

    [Theory]
    [InlineData("foreach (var child in node.Children) { var t = [|WalkAsync(child)|]; }")]
    [InlineData(
        "var all = new List<Task>(); foreach (var child in node.Children) all.Add([|WalkAsync(child)|]); await "
        + "Task.WhenAll(all);")]
    [InlineData("await Task.WhenAll(node.Children.Select(child => [|WalkAsync(child)|]));")]
    [InlineData("await Task.WhenAll(node.Children.Select([|WalkAsync|]));")]
    [InlineData("await Task.WhenAll(node.Children.Select(async child => await [|WalkAsync(child)|]));")]
    [InlineData("foreach (var child in node.Children) _ = Task.Run(() => [|WalkAsync(child)|]);")]
    [InlineData(
        "var all = new List<Task>(); foreach (var child in node.Children) all.Add(Task.Run(() => "
        + "[|WalkAsync(child)|]));")]
    [InlineData("await GoAsync(node); Task GoAsync(Node n) => Task.WhenAll(n.Children.Select(x => [|GoAsync(x)|]));")]
    public Task Reports_a_function_that_starts_itself(string statements) =>
        Reports(Walk(statements));

    [Theory]
    [InlineData("foreach (var child in node.Children) await WalkAsync(child);")]
    [InlineData("foreach (var child in node.Children) { var t = WalkAsync(child); await t; }")]
    [InlineData("if (node.Children.Count > 0) await WalkAsync(node.Children[0]);")]
    [InlineData("foreach (var child in node.Children) _ = VisitAsync(child);")]
    [InlineData("await _gate.WaitAsync(); await Task.WhenAll(node.Children.Select(child => WalkAsync(child)));")]
    [InlineData("foreach (var child in node.Children) { _ = WalkAsync(child); return; }")]
    [InlineData("await Parallel.ForEachAsync(node.Children, async (child, ct) => await VisitAsync(child));")]
    [InlineData(
        "foreach (var n in node.Children) await Parallel.ForEachAsync(n.Children, async (x, ct) => await "
        + "VisitAsync(x));")]
    public Task Ignores_what_waits_or_has_a_bound(string statements) => Ignores(Walk(statements));

    [Fact]
    public Task Reports_limits_of_the_runtime() =>
        Reports(Walk(
            """
            await TaskGroup.ForEachAsync(
                node.Children,
                (child, ct) => [|TaskGroup.ForEachAsync(child.Children, (x, ct2) => VisitAsync(x), 4)|],
                4);
            """));

    private static string Walk(string statements) =>
        $$"""
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using ScopedTasks;

        class Node { public List<Node> Children { get; } = new(); }

        class C
        {
            readonly SemaphoreSlim _gate = new(4);

            async Task WalkAsync(Node node)
            {
                await VisitAsync(node);
                {{statements}}
            }

            Task VisitAsync(Node node) => Task.CompletedTask;
        }
        """;
}
