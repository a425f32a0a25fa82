using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE309: enumerators that are moved by hand and not disposed, and <c>await using</c>.</summary>
public sealed class UndisposedEnumeratorTests : RuleTests<UndisposedEnumeratorAnalyzer, UndisposedEnumeratorFix>
{
    private const string Rest = ", and the 'finally' of the stream does not run; open it with 'await using'";

    [Fact]
    public Task Says_that_it_never_is() => Reports(
        Async("var e = [|stream.GetAsyncEnumerator()|]; await e.MoveNextAsync(); Use(e.Current);"),
        "'e' is never disposed" + Rest);

    [Fact]
    public Task Says_on_which_path_it_is_not() => Reports(
        Async(
            "var e = [|stream.GetAsyncEnumerator()|]; if (!await e.MoveNextAsync()) { return; } "
            + "await e.DisposeAsync();"),
        "'e' is not disposed on every path: 'return' leaves before" + Rest);

    [Fact]
    public Task Says_whose_failure_loses_it() => Reports(
        Async(
            "var e = [|stream.GetAsyncEnumerator()|]; while (await e.MoveNextAsync()) { await SaveAsync(e.Current); } "
            + "await e.DisposeAsync();"),
        "'e' is not disposed when 'SaveAsync' fails" + Rest);

    [Theory]
    [InlineData("IAsyncEnumerator<int> e = [|stream.GetAsyncEnumerator(token)|]; await e.MoveNextAsync();")]
    [InlineData("IAsyncEnumerator<int> e; e = [|stream.GetAsyncEnumerator()|]; await e.MoveNextAsync();")]
    [InlineData("await [|stream.GetAsyncEnumerator()|].MoveNextAsync();")]
    [InlineData("var e = [|ReadAsync().GetAsyncEnumerator()|]; while (await e.MoveNextAsync()) Use(e.Current);")]
    [InlineData("var e = [|stream.GetAsyncEnumerator()|]; if (flag) await e.DisposeAsync(); else Use(1);")]
    [InlineData("var e = [|stream.GetAsyncEnumerator()|]; try { await e.MoveNextAsync(); } finally { Use(1); }")]
    public Task Reports_every_way_to_forget_it(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("await foreach (var i in stream) Use(i);")]
    [InlineData("await using var e = stream.GetAsyncEnumerator(); await e.MoveNextAsync();")]
    [InlineData("await using (var e = stream.GetAsyncEnumerator()) { await e.MoveNextAsync(); }")]
    [InlineData("var e = stream.GetAsyncEnumerator(); await using (e) { await e.MoveNextAsync(); }")]
    [InlineData(
        "var e = stream.GetAsyncEnumerator(); await using (e.ConfigureAwait(false)) { await e.MoveNextAsync(); }")]
    [InlineData(
        "var e = stream.GetAsyncEnumerator(); try { await e.MoveNextAsync(); } finally { await e.DisposeAsync(); }")]
    [InlineData(
        "var e = stream.GetAsyncEnumerator(); "
        + "try { while (await e.MoveNextAsync()) { if (flag) return; await SaveAsync(e.Current); } } "
        + "finally { await e.DisposeAsync().ConfigureAwait(false); }")]
    [InlineData(
        "var e = stream.GetAsyncEnumerator(); while (await e.MoveNextAsync()) Use(e.Current); await e.DisposeAsync();")]
    [InlineData("var e = stream.GetAsyncEnumerator(); Use(e);")]
    [InlineData("var e = stream.GetAsyncEnumerator(); field = e; await e.MoveNextAsync();")]
    [InlineData("field = stream.GetAsyncEnumerator(); await field.MoveNextAsync();")]
    [InlineData("var e = stream.GetAsyncEnumerator(); Func<ValueTask> end = () => e.DisposeAsync(); await end();")]
    [InlineData("var e = stream.GetAsyncEnumerator(); var other = e; await other.DisposeAsync();")]
    [InlineData(
        "var e = stream.GetAsyncEnumerator(); if (flag) { await e.DisposeAsync(); return; } await e.DisposeAsync();")]
    [InlineData("var e = new List<int>().GetEnumerator(); e.MoveNext();")]
    public Task Ignores_what_is_disposed_or_handed_on(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("IAsyncEnumerator<int> Open(IAsyncEnumerable<int> s) => s.GetAsyncEnumerator();")]
    [InlineData("IAsyncEnumerator<int> Open(IAsyncEnumerable<int> s) { var e = s.GetAsyncEnumerator(); return e; }")]
    [InlineData("readonly IAsyncEnumerator<int> own; C(IAsyncEnumerable<int> s) => own = s.GetAsyncEnumerator();")]
    public Task Ignores_who_gives_it_to_others(string member) => Ignores(Member(member));

    [Theory]
    [InlineData(
        "var e = [|stream.GetAsyncEnumerator()|]; /* first */ await e.MoveNextAsync();",
        "await using var e = stream.GetAsyncEnumerator(); /* first */ await e.MoveNextAsync();")]
    [InlineData(
        "IAsyncEnumerator<int> e = [|stream.GetAsyncEnumerator(token)|]; await e.MoveNextAsync(); // one",
        "await using IAsyncEnumerator<int> e = stream.GetAsyncEnumerator(token); await e.MoveNextAsync(); // one")]
    public Task Disposes_it_on_every_path(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Configures_what_is_awaited_where_all_else_is() => Fixes(
        Member(
            """
            async Task M(IAsyncEnumerable<int> s)
                {
                    var e = [|s.GetAsyncEnumerator()|];
                    await e.MoveNextAsync().ConfigureAwait(false);
                }
            """),
        Member(
            """
            async Task M(IAsyncEnumerable<int> s)
                {
                    var e = s.GetAsyncEnumerator();
                    await using var eDisposal = e.ConfigureAwait(false);
                    await e.MoveNextAsync().ConfigureAwait(false);
                }
            """));

    [Theory]
    [InlineData("var e = [|stream.GetAsyncEnumerator()|]; if (flag) await e.DisposeAsync(); else Use(1);")]
    [InlineData("IAsyncEnumerator<int> e; e = [|stream.GetAsyncEnumerator()|]; await e.MoveNextAsync();")]
    [InlineData("await [|stream.GetAsyncEnumerator()|].MoveNextAsync();")]
    [InlineData("var e = [|stream.GetAsyncEnumerator()|]; e = null; Use(e == null);")]
    public Task Leaves_to_a_person_who_disposes_by_hand(string statements) => OffersNoFix(Async(statements));

    private static string Async(string statements) => Member(
        $$"""
        IAsyncEnumerator<int>? field;

            async Task M(bool flag, IAsyncEnumerable<int> stream, CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        class C
        {
            static void Use(object? value) { }
            static Task SaveAsync(int i) => Task.Delay(i);
            static async IAsyncEnumerable<int> ReadAsync() { await Task.Yield(); yield return 1; }
            {{member}}
        }
        """;
}
