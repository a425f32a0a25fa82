using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE308: what is behind <c>?.</c> is awaited, and how it is repaired.</summary>
public sealed class NullConditionalAwaitTests : RuleTests<NullConditionalAwaitAnalyzer, NullConditionalAwaitFix>
{
    [Fact]
    public Task Names_the_call_and_what_may_be_null() => Reports(
        Async("await [|x?.SaveAsync()|];"),
        "'SaveAsync' is awaited even where 'x' is null, and then the 'await' throws; "
        + "await 'Task.CompletedTask' then, or nothing");

    [Fact]
    public Task Asks_for_a_check_where_there_is_a_result() => Reports(
        Async("var y = await [|x?.LoadAsync()|];"),
        "'LoadAsync' is awaited even where 'x' is null, and then the 'await' throws; "
        + "ask for null first, and await it behind that");

    [Fact]
    public Task Names_the_receiver_that_may_be_null() => Reports(
        Async("await [|own?.Next?.SaveAsync()|];"),
        "'SaveAsync' is awaited even where '.Next' is null, and then the 'await' throws; "
        + "await 'Task.CompletedTask' then, or nothing");

    [Theory]
    [InlineData("await ([|x?.SaveAsync()|]);")]
    [InlineData("await ([|x?.SaveAsync()|]).ConfigureAwait(false);")]
    [InlineData("await [|x?.Next.Next?.SaveAsync()|];")]
    [InlineData("await [|x?.Next!.SaveAsync()|];")]
    [InlineData("await [|x?.Running|];")]
    [InlineData("await [|list?[0].SaveAsync()|];")]
    [InlineData("await [|callback?.Invoke()|];")]
    [InlineData("await [|Find()?.SaveAsync()|];")]
    [InlineData("await (Task)[|x?.LoadAsync()|];")]
    [InlineData("await Task.WhenAll([|x?.SaveAsync()|], own.SaveAsync());")]
    [InlineData("await foreach (var i in [|x?.ReadAsync()|]) { }")]
    [InlineData("var saving = [|x?.SaveAsync()|]; await saving;")]
    [InlineData("Func<Task> f = async () => await [|x?.SaveAsync()|]; await f();")]
    [InlineData("if (x == null) Console.WriteLine(); await [|x?.SaveAsync()|];")]
    [InlineData("try { await [|x?.SaveAsync()|]; } finally { }")]
    public Task Reports_every_way_to_await_it(string statements) => Reports(Async(statements));

    [Fact]
    public Task Reports_it_where_the_compiler_does_not_follow_null() => Reports(
        """
        class C
        {
            C _next;
            System.Threading.Tasks.Task SaveAsync() => System.Threading.Tasks.Task.CompletedTask;
            async System.Threading.Tasks.Task M() { await [|_next?.SaveAsync()|]; }
        }
        """,
        Code.CSharp7);

    [Theory]
    [InlineData("await own?.SaveAsync()!;")]
    [InlineData("if (x != null) await x?.SaveAsync()!;")]
    [InlineData("await (x?.SaveAsync() ?? Task.CompletedTask);")]
    [InlineData("if (x?.SaveAsync() is { } saving) await saving;")]
    [InlineData("var saving = x?.SaveAsync(); if (saving != null) await saving;")]
    [InlineData("var saving = x?.SaveAsync(); await (saving ?? Task.CompletedTask);")]
    [InlineData("var saving = x?.SaveAsync(); Keep(saving); await saving!;")]
    [InlineData("var saving = x?.SaveAsync(); saving ??= Task.CompletedTask; await saving;")]
    [InlineData("await (x?.QuickAsync() ?? default);")]
    [InlineData("await x?.QuickAsync().AsTask()!.ContinueWith(_ => { })!;")]
    [InlineData("await x!.SaveAsync();")]
    [InlineData("Keep(x?.SaveAsync());")]
    [InlineData("_ = x?.SaveAsync();")]
    [InlineData("Expression<Func<Task?>> e = () => x == null ? null : x.SaveAsync(); await Task.Yield();")]
    public Task Ignores_what_is_not_null_or_not_awaited(string statements) =>
        Ignores(Async(statements).Replace("await x?.QuickAsync().AsTask()!.ContinueWith(_ => { })!;", ";"));

    [Theory]
    [InlineData("if (_next != null) { await _next?.SaveAsync(); }")]
    [InlineData("if (_next == null) { return; } await _next?.SaveAsync();")]
    [InlineData("if (_next is null) throw new System.Exception(); await _next?.SaveAsync();")]
    [InlineData("await this?.SaveAsync();")]
    public Task Ignores_what_was_asked_for_null(string statements) => Ignores(
        $$"""
        class C
        {
            C _next;
            System.Threading.Tasks.Task SaveAsync() => System.Threading.Tasks.Task.CompletedTask;
            async System.Threading.Tasks.Task M() { {{statements}} }
        }
        """,
        Code.CSharp7);

    [Fact]
    public Task Leaves_the_handlers_of_an_event_to_the_rule_about_them() => Ignores(
        """
        class C
        {
            public event Func<Task>? Closing;
            async Task M() { await Closing?.Invoke()!; }
        }
        """.Replace("!;", ";"));

    [Fact]
    public Task Ignores_an_awaitable_that_is_lifted_on_purpose() => Ignores(
        """
        using System.Runtime.CompilerServices;
        static class Lifted
        {
            public static ValueTaskAwaiter GetAwaiter(this ValueTask? task) => (task ?? default).GetAwaiter();
        }
        class C
        {
            ValueTask SaveAsync() => default;
            async Task M(C? x) { await x?.SaveAsync(); }
        }
        """);

    [Theory]
    [InlineData("await [|x?.SaveAsync()|];", "await (x?.SaveAsync() ?? Task.CompletedTask);")]
    [InlineData(
        "await ([|x?.SaveAsync()|]).ConfigureAwait(false);",
        "await (x?.SaveAsync() ?? Task.CompletedTask).ConfigureAwait(false);")]
    [InlineData("await [|Find()?.SaveAsync()|]; // save", "await (Find()?.SaveAsync() ?? Task.CompletedTask); // save")]
    [InlineData(
        "await /* now */ [|x?.Next!.SaveAsync()|];", "await /* now */ (x?.Next!.SaveAsync() ?? Task.CompletedTask);")]
    [InlineData(
        "var saving = [|x?.SaveAsync()|]; await saving;",
        "var saving = x?.SaveAsync() ?? Task.CompletedTask; await saving;")]
    [InlineData(
        "await Task.WhenAll([|x?.SaveAsync()|], [|Find()?.SaveAsync()|]);",
        "await Task.WhenAll(x?.SaveAsync() ?? Task.CompletedTask, Find()?.SaveAsync() ?? Task.CompletedTask);")]
    public Task Awaits_a_complete_task(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Asks_for_null_where_nobody_wants_the_result() => Fixes(
        Async("await [|x?.LoadAsync()|]; // warm up"),
        Async(
            """
            if (x != null)
                    {
                        await x.LoadAsync();
                    } // warm up
            """),
        title: "Await it where there is one");

    [Fact]
    public Task Keeps_the_configuration() => Fixes(
        Async("await ([|x?.LoadAsync()|]).ConfigureAwait(false);"),
        Async(
            """
            if (x != null)
                    {
                        await (x.LoadAsync()).ConfigureAwait(false);
                    }
            """));

    [Theory]
    [InlineData("var y = await [|x?.LoadAsync()|];")]
    [InlineData("Console.WriteLine(await [|x?.LoadAsync()|]);")]
    [InlineData("await [|Find()?.LoadAsync()|];")]
    [InlineData("await foreach (var i in [|x?.ReadAsync()|]) { }")]
    public Task Knows_no_result_for_nothing(string statements) => OffersNoFix(Async(statements));

    private static string Async(string statements) =>
        $$"""
        using System.Linq.Expressions;

        class Saver
        {
            public Saver? Next { get; set; }
            public Task Running => Task.CompletedTask;
            public Task SaveAsync() => Task.CompletedTask;
            public ValueTask QuickAsync() => default;
            public Task<int> LoadAsync() => Task.FromResult(1);
            public async IAsyncEnumerable<int> ReadAsync() { await Task.Yield(); yield return 1; }
        }

        class C
        {
            readonly Saver own = new();

            async Task M(Saver? x, List<Saver>? list, Func<Task>? callback)
            {
                {{statements}}
            }

            static void Keep(Task? task) { }
            Saver? Find() => null;
        }
        """;
}
