using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Hosts.CSharp14;

public class BlockingTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    [Fact]
    public Task Awaits_instead_in_a_conditional_assignment() => Fixes(
        """
        class Shop
        {
            public int Count { get; set; }

            static async Task M(Shop? shop)
            {
                shop?.Count = [|LoadAsync().Result|];
            }

            static Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        """
        class Shop
        {
            public int Count { get; set; }

            static async Task M(Shop? shop)
            {
                shop?.Count = await LoadAsync();
            }

            static Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        code: NewestCode.CSharp14);

    [Fact]
    public Task Awaits_instead_in_an_extension_member() => Fixes(
        """
        static class Orders
        {
            extension(HttpClient client)
            {
                public async Task<int> CountAsync() => [|client.GetStringAsync("a").Result|].Length;
            }
        }
        """,
        """
        static class Orders
        {
            extension(HttpClient client)
            {
                public async Task<int> CountAsync() => (await client.GetStringAsync("a")).Length;
            }
        }
        """,
        code: NewestCode.CSharp14);

    [Fact]
    public Task Ignores_results_after_WhenAll_of_an_array_that_converts_to_a_span() => Ignores(
        """
        class Shop
        {
            async Task<int> M(Task<int>[] tasks)
            {
                await Task.WhenAll(tasks);
                return tasks.Sum(task => task.Result) + tasks[0].Result;
            }
        }
        """,
        NewestCode.CSharp14);
}
