using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Hosts.CSharp13;

public class SpawningTests : RuleTests<UnboundedFanOutAnalyzer, UnboundedFanOutFix>
{
    [Fact]
    public Task Bounds_tasks_that_a_collection_expression_began() => Fixes(
        """
        class Shop(HttpClient client)
        {
            async Task M(IEnumerable<string> urls, CancellationToken ct)
            {
                List<Task> tasks = [];
                foreach (var url in urls)
                {
                    tasks.Add([|client.GetStringAsync(url, ct)|]);
                }

                await Task.WhenAll(tasks);
            }
        }
        """,
        """
        using ScopedTasks;

        class Shop(HttpClient client)
        {
            async Task M(IEnumerable<string> urls, CancellationToken ct)
            {
                await TaskGroup.ForEachAsync(urls, (url, ct) => client.GetStringAsync(url, ct), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct);
            }
        }
        """,
        code: NewerCode.CSharp13);

    [Fact]
    public Task Reports_a_fan_out_that_is_spread_into_WhenAll() => Reports(
        """
        class Shop(HttpClient client)
        {
            async Task M(IEnumerable<string> urls, CancellationToken ct) =>
                await Task.WhenAll([.. urls.Select(url => [|client.GetStringAsync(url, ct)|])]);
        }
        """,
        NewerCode.CSharp13);

    [Fact]
    public Task Ignores_a_few_elements_of_a_collection_expression() => Ignores(
        """
        class Shop(HttpClient client)
        {
            async Task M(CancellationToken ct)
            {
                string[] urls = ["a", "b"];
                await Task.WhenAll(urls.Select(url => client.GetStringAsync(url, ct)));
                List<Task> tasks = [];
                foreach (var url in (ReadOnlySpan<string>)["a", "b"])
                {
                    tasks.Add(client.GetStringAsync(url, ct));
                }

                await Task.WhenAll(tasks);
            }
        }
        """,
        NewerCode.CSharp13);
}
