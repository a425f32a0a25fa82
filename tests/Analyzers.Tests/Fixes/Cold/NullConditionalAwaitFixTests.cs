using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary>What is awaited where there is nothing, in surroundings that a hasty rewrite breaks.</summary>
public sealed class NullConditionalAwaitFixTests : RuleTests<NullConditionalAwaitAnalyzer, NullConditionalAwaitFix>
{
    [Theory]
    [InlineData(
        "await [|x?.Next?.SaveAsync()|]; await x!.SaveAsync();",
        "await (x?.Next?.SaveAsync() ?? Task.CompletedTask); await x!.SaveAsync();")]
    [InlineData(
        "await [|x?.QuickAsync().AsTask()|];", "await (x?.QuickAsync().AsTask() ?? Task.CompletedTask);")]
    [InlineData("await [|x?[0].SaveAsync()|];", "await (x?[0].SaveAsync() ?? Task.CompletedTask);")]
    [InlineData("await [|callback?.Invoke()|];", "await (callback?.Invoke() ?? Task.CompletedTask);")]
    [InlineData("await [|x?.Running|];", "await (x?.Running ?? Task.CompletedTask);")]
    [InlineData(
        "Func<Task> f = async () => await [|x?.SaveAsync()|]; await f();",
        "Func<Task> f = async () => await (x?.SaveAsync() ?? Task.CompletedTask); await f();")]
    [InlineData(
        "for (var i = 0; i < 3; await [|x?.SaveAsync()|]) i++;",
        "for (var i = 0; i < 3; await (x?.SaveAsync() ?? Task.CompletedTask)) i++;")]
    [InlineData(
        "using (null as IDisposable) await [|x?.SaveAsync()|];",
        "using (null as IDisposable) await (x?.SaveAsync() ?? Task.CompletedTask);")]
    [InlineData(
        "try { } catch { await [|x?.SaveAsync()|]; } finally { await [|other?.SaveAsync()|]; }",
        "try { } catch { await (x?.SaveAsync() ?? Task.CompletedTask); } "
        + "finally { await (other?.SaveAsync() ?? Task.CompletedTask); }")]
    [InlineData(
        "await [|x // who\n            ?.SaveAsync()|]; // save",
        "await (x // who\n            ?.SaveAsync() ?? Task.CompletedTask); // save")]
    public Task Awaits_a_complete_task(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("{|CS1061:await x?.QuickAsync()|};", "await (x?.QuickAsync() ?? default);")]
    [InlineData("{|CS1061:await (x?.QuickAsync())|};", "await (x?.QuickAsync() ?? default);")]
    [InlineData("{|CS1061:await x?.Next?.QuickAsync()|};", "await (x?.Next?.QuickAsync() ?? default);")]
    [InlineData(
        "{|CS1061:await x?.SaveAsync().ConfigureAwait(false)|};",
        "await (x?.SaveAsync() ?? Task.CompletedTask).ConfigureAwait(false);")]
    [InlineData(
        "{|CS1061:await x?.QuickAsync().ConfigureAwait(false)|};",
        "await (x?.QuickAsync() ?? default).ConfigureAwait(false);")]
    public Task Awaits_what_the_compiler_does_not(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("{|CS1061:await x?.CountAsync()|};", "await x.CountAsync();")]
    [InlineData(
        "{|CS1061:await x?.SaveAsync() /* now */ .ConfigureAwait(true)|};",
        "await x.SaveAsync() /* now */ .ConfigureAwait(true);")]
    [InlineData("{|CS1061:await x?.LoadAsync().ConfigureAwait(false)|};", "await x.LoadAsync().ConfigureAwait(false);")]
    public Task Asks_for_null_where_nobody_wants_the_result(string before, string awaited) => Fixes(
        Async(before),
        Async(
            $$"""
            if (x != null)
                    {
                        {{awaited}}
                    }
            """));

    [Fact]
    public Task Asks_for_null_before_the_else_of_another() => Fixes(
        Async(
            """

                    if (flag)
                        await [|x?.LoadAsync()|];
                    else
                        Console.WriteLine();
            """),
        Async(
            """

                    if (flag)
                    {
                        if (x != null)
                        {
                            await x.LoadAsync();
                        }
                    }
                    else
                        Console.WriteLine();
            """));

    [Fact]
    public Task Asks_for_null_in_a_loop_before_an_else() => Fixes(
        Async(
            """

                    if (flag)
                        while (flag)
                            await [|x?.LoadAsync()|];
                    else
                        Console.WriteLine();
            """),
        Async(
            """

                    if (flag)
                        while (flag)
                        {
                            if (x != null)
                            {
                                await x.LoadAsync();
                            }
                        }
                    else
                        Console.WriteLine();
            """));

    [Fact]
    public Task Writes_the_oldest_language() => Fixes(
        """
        using System.Threading.Tasks;
        class C
        {
            Task SaveAsync() => Task.CompletedTask;
            async Task M(C x, C y)
            {
                await [|x?.SaveAsync()|];
                {|CS1061:await y?.SaveAsync().ConfigureAwait(false)|};
            }
        }
        """,
        """
        using System.Threading.Tasks;
        class C
        {
            Task SaveAsync() => Task.CompletedTask;
            async Task M(C x, C y)
            {
                await (x?.SaveAsync() ?? Task.CompletedTask);
                await (y?.SaveAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            }
        }
        """,
        code: Code.CSharp7);

    [Fact]
    public Task Stays_in_the_branch_that_is_compiled() => Fixes(
        Async(
            """

                    await [|x?.SaveAsync()|]
            #if true
                        ;
            #else
                        .ConfigureAwait(false);
            #endif
            """),
        Async(
            """

                    await (x?.SaveAsync() ?? Task.CompletedTask)
            #if true
                        ;
            #else
                        .ConfigureAwait(false);
            #endif
            """));

    [Theory]
    [InlineData("var y = {|CS1061:await x?.CountAsync()|};")]
    [InlineData("Console.WriteLine(await [|x?.LoadAsync()|]);")]
    [InlineData("while (await [|x?.LoadAsync()|] > 1) { }")]
    [InlineData("Func<Task<int>> f = async () => await [|x?.LoadAsync()|]; await f();")]
    [InlineData("await [|_field?.LoadAsync()|];")]
    [InlineData("await [|x?.Next?.LoadAsync()|];")]
    [InlineData("await [|x?[0]?.LoadAsync()|];")]
    [InlineData("var loading = [|x?.LoadAsync()|]; await loading;")]
    [InlineData("{|CS1061:await x?.SaveAsync().GetAwaiter()|};")]
    [InlineData("await /* all */ [|x /* is */ ?.LoadAsync()|];")]
    public Task Knows_no_result_for_nothing(string statements) => OffersNoFix(Async(statements));

    private static string Async(string statements) =>
        $$"""
        class Saver
        {
            public Saver? Next { get; set; }
            public Saver this[int i] => this;
            public Task Running => Task.CompletedTask;
            public Task SaveAsync() => Task.CompletedTask;
            public Task<int> LoadAsync() => Task.FromResult(1);
            public ValueTask QuickAsync() => default;
            public ValueTask<int> CountAsync() => default;
        }

        class C
        {
            Saver? _field;
            void Set() => _field = new();

            async Task M(bool flag, Saver? x, Saver? other, Func<Task>? callback)
            {
                {{statements}}
            }
        }
        """;
}
