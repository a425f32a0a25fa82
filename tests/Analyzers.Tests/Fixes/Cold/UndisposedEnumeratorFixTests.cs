using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary><c>await using</c> of an enumerator, in surroundings that a hasty rewrite breaks.</summary>
public sealed class UndisposedEnumeratorFixTests : RuleTests<UndisposedEnumeratorAnalyzer, UndisposedEnumeratorFix>
{
    [Theory]
    [InlineData(
        "var e = [|stream.GetAsyncEnumerator()|]; try { while (await e.MoveNextAsync()) Use(e.Current); } catch { }",
        "await using var e = stream.GetAsyncEnumerator(); "
        + "try { while (await e.MoveNextAsync()) Use(e.Current); } catch { }")]
    [InlineData(
        "if (flag) { var e = [|stream.GetAsyncEnumerator()|]; await e.MoveNextAsync(); } else Use(1);",
        "if (flag) { await using var e = stream.GetAsyncEnumerator(); await e.MoveNextAsync(); } else Use(1);")]
    [InlineData(
        "var e = [|stream.WithCancellation(default).GetAsyncEnumerator()|]; await e.MoveNextAsync();",
        "await using var e = stream.WithCancellation(default).GetAsyncEnumerator(); await e.MoveNextAsync();")]
    [InlineData(
        "Func<Task> f = async () => { var e = [|stream.GetAsyncEnumerator()|]; await e.MoveNextAsync(); }; await f();",
        "Func<Task> f = async () => { await using var e = stream.GetAsyncEnumerator(); await e.MoveNextAsync(); }; "
        + "await f();")]
    [InlineData(
        "/* one */ var e = [|stream.GetAsyncEnumerator(/* none */)|]; /* two */ await e.MoveNextAsync(); // three",
        "/* one */ await using var e = stream.GetAsyncEnumerator(/* none */); /* two */ "
        + "await e.MoveNextAsync(); // three")]
    public Task Disposes_it(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Disposes_two_of_one_method() => Fixes(
        Async("var e = [|stream.GetAsyncEnumerator()|]; var f = [|stream.GetAsyncEnumerator()|]; "
            + "Use(await e.MoveNextAsync() && await f.MoveNextAsync());"),
        Async("await using var e = stream.GetAsyncEnumerator(); await using var f = stream.GetAsyncEnumerator(); "
            + "Use(await e.MoveNextAsync() && await f.MoveNextAsync());"));

    [Fact]
    public Task Ignores_a_configured_one_that_is_disposed() => Ignores(
        Async("var e = stream.ConfigureAwait(false).GetAsyncEnumerator(); "
            + "try { Use(await e.MoveNextAsync()); } finally { await e.DisposeAsync(); }"));

    [Fact]
    public Task Ignores_one_that_the_loop_disposes_of() => Ignores(
        Async("var e = stream.GetAsyncEnumerator(); "
            + "ScopedTasks.EventLoop.Current!.TrackAsyncEnumerator(e); await e.MoveNextAsync();"));

    [Theory]
    [InlineData(
        "switch (flag) { case true: var e = [|stream.GetAsyncEnumerator()|]; await e.MoveNextAsync(); break; }")]
    [InlineData("lock (this) { var e = [|stream.GetAsyncEnumerator()|]; Use(e.Current); }")]
    [InlineData("for (var e = [|stream.GetAsyncEnumerator()|]; await e.MoveNextAsync();) Use(e.Current);")]
    public Task Writes_nothing_where_it_cannot_stand(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Needs_the_language() => OffersNoFix(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        class C
        {
            async Task M(IAsyncEnumerable<int> s)
            {
                var e = [|s.GetAsyncEnumerator()|];
                await e.MoveNextAsync();
            }
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("void M(IAsyncEnumerable<int> s) { var e = [|s.GetAsyncEnumerator()|]; Use(e.Current); }")]
    [InlineData(
        "Task M(IAsyncEnumerable<int> s) { var e = [|s.GetAsyncEnumerator()|]; return e.MoveNextAsync().AsTask(); }")]
    public Task Writes_nothing_in_code_that_is_not_async(string member) => OffersNoFix(Member(member));

    private static string Async(string statements) => Member(
        $$"""
        async Task M(bool flag, IAsyncEnumerable<int> stream)
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
            {{member}}
        }
        """;
}
