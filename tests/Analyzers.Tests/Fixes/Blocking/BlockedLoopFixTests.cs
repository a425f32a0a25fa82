using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary><c>Blocking.RunAsync</c> in a coroutine, in surroundings that a hasty rewrite breaks.</summary>
public sealed class BlockedLoopFixTests : RuleTests<BlockedLoopAnalyzer, BlockedLoopFix>
{
    [Theory]
    [InlineData(
        "if (flag) [|Thread.Sleep(1)|]; else [|Thread.Sleep(2)|];",
        "if (flag) await Blocking.RunAsync(ct => Thread.Sleep(1)); "
        + "else await Blocking.RunAsync(ct => Thread.Sleep(2));")]
    [InlineData(
        "try { [|Thread.Sleep(1)|]; } catch when (flag) { [|Thread.Sleep(2)|]; }",
        "try { await Blocking.RunAsync(ct => Thread.Sleep(1)); } "
        + "catch when (flag) { await Blocking.RunAsync(ct => Thread.Sleep(2)); }")]
    [InlineData(
        "Use($\"{[|Console.ReadLine()|]}\");", "Use($\"{await Blocking.RunAsync(ct => Console.ReadLine())}\");")]
    [InlineData(
        "Func<Coroutine> f = async () => { [|Thread.Sleep(1)|]; await Coroutine.Yield(); }; await f();",
        "Func<Coroutine> f = async () => { await Blocking.RunAsync(ct => Thread.Sleep(1)); await Coroutine.Yield(); }; "
        + "await f();")]
    [InlineData(
        "for (; ; [|Thread.Sleep(1)|]) break;", "for (; ; await Blocking.RunAsync(ct => Thread.Sleep(1))) break;")]
    [InlineData("Use([|number.Result|] + [|other.Result|]);", "Use(await number + await other);")]
    [InlineData("Use([|[|nested.Result|].Result|]);", "Use(await await nested);")]
    [InlineData(
        "[|Thread.Sleep( // long\n            1)|];",
        "await Blocking.RunAsync(ct => Thread.Sleep( // long\n            1));")]
    public Task Lets_the_loop_go_on(string before, string after) =>
        Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Fact]
    public Task Checks_for_null_before_the_else_of_another() => Fixes(
        Coroutine(
            """

                    if (flag)
                        task?[|.Wait()|];
                    else
                        Use(1);
            """),
        Coroutine(
            """

                    if (flag)
                    {
                        if (task != null)
                        {
                            await task;
                        }
                    }
                    else
                        Use(1);
            """),
        code: Loop);

    [Theory]
    [InlineData("lock (this) { [|Thread.Sleep(1)|]; }")]
    [InlineData("unsafe { [|Thread.Sleep(1)|]; }")]
    [InlineData("try { } catch when ([|Console.ReadLine()|] == \"\") { }")]
    [InlineData("[|Thread.Sleep(1)|]; Use(Thread.CurrentThread);")]
    [InlineData("[|Thread.Sleep(\n#if true\n            1\n#endif\n            )|];")]
    public Task Writes_nothing_where_no_await_may_stand(string statements) =>
        OffersNoFix(Coroutine(statements), code: Loop);

    [Theory]
    [InlineData("Coroutine M(ref int i) { [|Thread.Sleep(i)|]; return Other(); }")]
    [InlineData("Coroutine M(Span<int> s) { [|Thread.Sleep(s[0])|]; return Other(); }")]
    public Task Writes_nothing_in_what_is_not_async(string member) => OffersNoFix(Member(member), code: Loop);

    private static Code Loop => Code.Default with { Sources = [("/0/Usings.cs", "global using ScopedTasks;")] };

    private static string Coroutine(string statements) => Member(
        $$"""
        async Coroutine M(bool flag, Task? task, Task<int> number, Task<int> other, Task<Task<int>> nested)
            {
                await Coroutine.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        class C
        {
            static void Use(object? value) { }
            static async Coroutine Other() => await Coroutine.Yield();
            {{member}}
        }
        """;
}
