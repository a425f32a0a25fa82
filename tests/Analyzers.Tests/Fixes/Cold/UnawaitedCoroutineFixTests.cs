using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary>The coroutine that runs after all, in surroundings that a hasty rewrite breaks.</summary>
public sealed class UnawaitedCoroutineFixTests : RuleTests<UnawaitedCoroutineAnalyzer, UnawaitedCoroutineFix>
{
    [Theory]
    [InlineData("if (flag) [|Store()|]; else [|Store()|];", "if (flag) await Store(); else await Store();")]
    [InlineData(
        "try { [|Store()|]; } catch when (flag) { [|Store()|]; } finally { [|Store()|]; }",
        "try { await Store(); } catch when (flag) { await Store(); } finally { await Store(); }")]
    [InlineData(
        "Func<Coroutine> f = async () => { [|Store()|]; await Store(); }; await f();",
        "Func<Coroutine> f = async () => { await Store(); await Store(); }; await f();")]
    [InlineData("goto end; end: [|Store()|];", "goto end; end: await Store();")]
    [InlineData("_ = [|Store(/* two */)|]; // three", "await Store(/* two */); // three")]
    [InlineData("[|Sum(ref total)|];", "await Sum(ref total);")]
    public Task Awaits_it(string before, string after) => Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Fact]
    public Task Awaits_it_behind_a_check_before_the_else_of_another() => Fixes(
        Coroutine(
            """

                    if (flag)
                        other?[|.Store()|];
                    else
                        total++;
            """),
        Coroutine(
            """

                    if (flag)
                    {
                        if (other != null)
                        {
                            await other.Store();
                        }
                    }
                    else
                        total++;
            """),
        code: Loop);

    [Fact]
    public Task Spawns_it_where_nothing_can_be_awaited() => Fixes(
        Member("void M(CoroutineGroup group) { lock (this) { [|Store()|]; } }"),
        Member("void M(CoroutineGroup group) { lock (this) { group.Spawn(Store()); } }"),
        code: Loop);

    [Theory]
    [InlineData("async Coroutine M() { lock (this) { [|Store()|]; } await Store(); }")]
    [InlineData("async Coroutine M() { unsafe { [|Store()|]; } await Store(); }")]
    [InlineData("Action M(CoroutineGroup group) => () => [|Store()|];")]
    [InlineData("C() { [|Store()|]; }")]
    [InlineData("~C() { [|Store()|]; }")]
    [InlineData("int P { get { [|Store()|]; return 1; } }")]
    [InlineData("static C() { [|new C().Store()|]; }")]
    [InlineData("public void Dispose() { [|Store()|]; }")]
    public Task Writes_nothing_where_nobody_could_run_it(string member) => OffersNoFix(Member(member), code: Loop);

    private static Code Loop => Code.Default with { Sources = [("/0/Usings.cs", "global using ScopedTasks;")] };

    private static string Coroutine(string statements) => Member(
        $$"""
        async Coroutine M(bool flag, C? other)
            {
                var total = 0;
                await Coroutine.Yield();
                {{statements}}
                total++;
            }
        """);

    private static string Member(string member) =>
        $$"""
        class C
        {
            public async Coroutine Store() { await Coroutine.Yield(); }
            Coroutine Sum(ref int total) { total++; return Store(); }
            {{member}}
        }
        """;
}
