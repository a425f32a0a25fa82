using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Flow.Lifetimes;

/// <summary>The lifetime engine in functions of a size that nobody writes by hand.</summary>
public sealed class TaskLifetimesTests : RuleTests<UnjoinedPathAnalyzer>
{
    [Fact]
    public Task Follows_every_task_of_a_long_function() => Reports(
        Method(count: 1_000, start: "[|SendAsync()|]", rest: "if (n == -1) return;"));

    [Fact]
    public Task Is_silent_where_a_function_has_more_blocks_than_the_budget() => Ignores(
        Method(count: 4_000, start: "SendAsync()", rest: "if (n == -1) return;"));

    [Fact]
    public Task Goes_through_an_expression_of_any_depth() => Reports(
        Method(count: 0, "[|SendAsync()|]", $"if (n == {string.Join(" + ", Enumerable.Repeat("n", 300))}) return;"));

    private static string Method(int count, string start, string rest)
    {
        var middle = Enumerable.Range(0, count).Select(i => $"if (n == {i}) {{ var t{i} = SendAsync(); await t{i}; }}");
        return $$"""
            class C
            {
                static Task SendAsync() => Task.Delay(1);
                async Task M(int n)
                {
                    var first = {{start}};
                    {{string.Join("\n", middle)}}
                    {{rest}}
                    await first;
                }
            }
            """;
    }
}
