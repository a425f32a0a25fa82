using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

public sealed partial class UnenumeratedStreamTests : RuleTests<UnenumeratedStreamAnalyzer, UnenumeratedStreamFix>
{
    [Theory]
    [InlineData("[|feed.Read()|];", "feed.Read()")]
    [InlineData("_ = [|feed.Read()|];", "feed.Read()")]
    [InlineData("var items = [|feed.Read()|];", "feed.Read()")]
    [InlineData("IAsyncEnumerable<int> items = [|feed.Read()|];", "feed.Read()")]
    [InlineData("[|feed.Read()|].WithCancellation(token);", "feed.Read().WithCancellation(token)")]
    [InlineData("[|feed.Read()|].ConfigureAwait(false);", "feed.Read().ConfigureAwait(false)")]
    [InlineData("_ = [|feed.Read()|].WithLogging();", "feed.Read().WithLogging()")]
    [InlineData("var items = [|feed.Read()|].WithLogging();", "feed.Read().WithLogging()")]
    public Task Enumerates_it(string before, string stream) => Fixes(
        Async(before),
        Async(
            $$"""
            await foreach (var _ in {{stream}})
            {
            }
            """));

    [Fact]
    public Task Enumerates_it_behind_a_null_check() => Fixes(
        Async("maybe?[|.Read()|];"),
        Async(
            """
            if (maybe != null)
            {
                await foreach (var _ in maybe.Read())
                {
                }
            }
            """));

    [Fact]
    public Task Keeps_comments() => Fixes(
        Async(
            """
            // before
            [|feed.Read()|]; // after
            """),
        Async(
            """
            // before
            await foreach (var _ in feed.Read())
            {
            } // after
            """));

    [Fact]
    public Task Enumerates_where_the_compiler_speaks() => Fixes(
        """
        class C
        {
            async Task M()
            {
                {|CS4014:{|SCOPE302:ReadAsync()|}|};
                await Task.Yield();
            }

            async IAsyncEnumerable<int> ReadAsync()
            {
                await Task.Yield();
                yield return 1;
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                await foreach (var _ in ReadAsync())
                {
                }
                await Task.Yield();
            }

            async IAsyncEnumerable<int> ReadAsync()
            {
                await Task.Yield();
                yield return 1;
            }
        }
        """,
        iterations: 1);

    [Fact]
    public Task Keeps_the_style_of_the_awaits_around() => Fixes(
        Async("await Task.Delay(1).ConfigureAwait(false);\n[|feed.Read()|];"),
        Async(
            """
            await Task.Delay(1).ConfigureAwait(false);
            await foreach (var _ in feed.Read().ConfigureAwait(false))
            {
            }
            """));

    [Fact]
    public Task Finds_another_name() => Fixes(
        Async(
            """
            foreach (var _ in new[] { 1 })
            {
                [|feed.Read()|];
            }
            """),
        Async(
            """
            foreach (var _ in new[] { 1 })
            {
                await foreach (var item in feed.Read())
                {
                }
            }
            """));

    [Fact]
    public Task Enumerates_in_top_level_code() => Fixes(
        """
        [|ReadAsync()|];

        static async IAsyncEnumerable<int> ReadAsync()
        {
            await Task.Yield();
            yield return 1;
        }
        """,
        """
        await foreach (var _ in ReadAsync())
        {
        }

        static async IAsyncEnumerable<int> ReadAsync()
        {
            await Task.Yield();
            yield return 1;
        }
        """,
        code: Code.Program);

    [Theory]
    [InlineData("Action act = () => [|feed.Read()|];")]
    [InlineData("lock (this) { [|feed.Read()|]; }")]
    [InlineData("var items = [|feed.Read()|]; items = null!;")]
    [InlineData("IAsyncEnumerable<int> items; items = [|feed.Read()|];")]
    [InlineData("IAsyncEnumerable<int> items = [|feed.Read()|], others = feed.Read(); Take(others);")]
    [InlineData("[|EndlessAsync()|];")]
    [InlineData("Feed()?[|.Read()|];")]
    public Task Offers_nothing(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Offers_nothing_in_code_that_is_not_async() => OffersNoFix(Sync("[|feed.Read()|];"));
}
