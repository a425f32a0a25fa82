using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary>The loop over a stream that nobody enumerated, in surroundings that a hasty rewrite breaks.</summary>
public sealed class UnenumeratedStreamFixTests : RuleTests<UnenumeratedStreamAnalyzer, UnenumeratedStreamFix>
{
    [Theory]
    [InlineData(
        "if (flag)\n            [|Read()|];\n        else\n            [|Read()|];",
        "if (flag)\n            await foreach (var _ in Read())\n            {\n            }\n        else\n"
        + "            await foreach (var _ in Read())\n            {\n            }")]
    [InlineData(
        "lock (this) { }\n        [|Read()|]; // all",
        "lock (this) { }\n        await foreach (var _ in Read())\n        {\n        } // all")]
    public Task Enumerates_it(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Enumerates_it_in_every_part_of_a_try() => Fixes(
        Async(
            """

                    try
                    {
                        [|Read()|];
                    }
                    catch when (flag)
                    {
                        [|Read()|];
                    }
                    finally
                    {
                        [|Read()|];
                    }
            """),
        Async(
            """

                    try
                    {
                        await foreach (var _ in Read())
                        {
                        }
                    }
                    catch when (flag)
                    {
                        await foreach (var _ in Read())
                        {
                        }
                    }
                    finally
                    {
                        await foreach (var _ in Read())
                        {
                        }
                    }
            """));

    [Fact]
    public Task Enumerates_behind_a_check_before_the_else_of_another() => Fixes(
        Async(
            """

                    if (flag)
                        read?[|.Invoke()|];
                    else
                        Use(1);
            """),
        Async(
            """

                    if (flag)
                    {
                        if (read != null)
                        {
                            await foreach (var _ in read.Invoke())
                            {
                            }
                        }
                    }
                    else
                        Use(1);
            """));

    [Theory]
    [InlineData("async Task M() { lock (this) { [|Read()|]; } await Task.Yield(); }")]
    [InlineData("async Task M() { unsafe { [|Read()|]; } await Task.Yield(); }")]
    [InlineData("void M() { [|Read()|]; }")]
    [InlineData("void M() { Action a = () => [|Read()|]; a(); }")]
    [InlineData("int P { get { [|Read()|]; return 1; } }")]
    [InlineData("C() { [|Read()|]; }")]
    [InlineData("static C() { [|Read()|]; }")]
    [InlineData("~C() { [|Read()|]; }")]
    [InlineData("public static C operator +(C a, C b) { [|Read()|]; return a; }")]
    [InlineData("IEnumerable<int> Each() { [|Read()|]; yield return 1; }")]
    [InlineData(
        "async Task M() { var m = new Mutex(); m.WaitOne(); [|Read()|]; m.ReleaseMutex(); await Task.Yield(); }")]
    public Task Writes_nothing_where_no_await_may_stand(string member) => OffersNoFix(Member(member));

    private static string Async(string statements) => Member(
        $$"""
        async Task M(bool flag, Func<IAsyncEnumerable<int>>? read)
            {
                await Task.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        class C
        {
            static async IAsyncEnumerable<int> Read() { await Task.Yield(); yield return 1; }
            static void Use(object? value) { }
            {{member}}
        }
        """;
}
