using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Hosts.CSharp14;

public class SpawningTests : RuleTests<SpawnInLoopAnalyzer, SpawnInLoopFix>
{
    [Fact]
    public Task Bounds_a_loop_in_an_extension_member() => Fixes(
        """
        static class Orders
        {
            extension(HttpClient client)
            {
                public async Task FetchAsync(IEnumerable<string> urls, CancellationToken ct)
                {
                    foreach (var url in urls)
                    {
                        _ = [|client.GetStringAsync(url, ct)|];
                    }

                    await Task.Yield();
                }
            }
        }
        """,
        """
        using ScopedTasks;

        static class Orders
        {
            extension(HttpClient client)
            {
                public async Task FetchAsync(IEnumerable<string> urls, CancellationToken ct)
                {
                    await TaskGroup.ForEachAsync(urls, (url, ct) => client.GetStringAsync(url, ct), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct);

                    await Task.Yield();
                }
            }
        }
        """,
        code: NewestCode.CSharp14);
}
