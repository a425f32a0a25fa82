using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Scopes;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Scopes;

/// <summary>The loop's clock, in surroundings that a hasty rewrite breaks.</summary>
public sealed class RealTimeInLoopFixTests : RuleTests<RealTimeInLoopAnalyzer, RealTimeInLoopFix>
{
    private const string Clock = "EventLoop.Current!.TimeProvider";

    [Theory]
    [InlineData(
        "if (flag) await [|Task.Delay(time)|]; else await [|Task.Delay(1)|];",
        "if (flag) await Task.Delay(time, " + Clock + "); "
        + "else await Task.Delay(TimeSpan.FromMilliseconds(1), " + Clock + ");")]
    [InlineData(
        "Use([|DateTime.UtcNow|] - [|DateTime.UtcNow|]);",
        "Use(" + Clock + ".GetUtcNow().UtcDateTime - " + Clock + ".GetUtcNow().UtcDateTime);")]
    [InlineData("Use($\"{[|DateTime.Now|]:t}\");", "Use($\"{" + Clock + ".GetUtcNow().LocalDateTime:t}\");")]
    [InlineData(
        "lock (this) { Use([|DateTimeOffset.UtcNow|]); }", "lock (this) { Use(" + Clock + ".GetUtcNow()); }")]
    [InlineData(
        "try { } catch when ([|DateTime.UtcNow|].Year > 1) { }",
        "try { } catch when (" + Clock + ".GetUtcNow().UtcDateTime.Year > 1) { }")]
    [InlineData(
        "await [|Task.Delay(/* how long */ time)|]; // done",
        "await Task.Delay(/* how long */ time, " + Clock + "); // done")]
    [InlineData(
        "await [|Task.Delay(\n            time)|].ConfigureAwait(true);",
        "await Task.Delay(\n            time, " + Clock + ").ConfigureAwait(true);")]
    public Task Goes_by_the_clock_of_the_loop(string before, string after) =>
        Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Fact]
    public Task Writes_the_oldest_language() => Fixes(
        """
        using System;
        using System.Threading.Tasks;
        using ScopedTasks;
        class C
        {
            async Coroutine M(TimeSpan time)
            {
                await [|Task.Delay(time)|];
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using ScopedTasks;
        class C
        {
            async Coroutine M(TimeSpan time)
            {
                await Task.Delay(time, EventLoop.Current.TimeProvider);
            }
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("Use(nameof(DateTime.UtcNow));")]
    [InlineData("System.Linq.Expressions.Expression<Func<DateTime>> e = () => DateTime.UtcNow; Use(e);")]
    [InlineData("Action a = () => Use(DateTime.UtcNow); a();")]
    public Task Is_silent_where_no_coroutine_asks(string statements) => Ignores(Coroutine(statements), Loop);

    private static Code Loop => Code.Default with { Sources = [("/0/Usings.cs", "global using ScopedTasks;")] };

    private static string Coroutine(string statements) =>
        $$"""
        class C
        {
            static void Use(object? value) { }
            async Coroutine M(bool flag, TimeSpan time)
            {
                await Coroutine.Yield();
                {{statements}}
            }
        }
        """;
}
