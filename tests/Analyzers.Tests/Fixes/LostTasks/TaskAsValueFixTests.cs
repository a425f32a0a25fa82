using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>The fix of SCOPE116: <c>await</c>, where the result was meant.</summary>
public sealed class TaskAsValueFixTests : RuleTests<TaskAsValueAnalyzer, TaskAsValueFix>
{
    [Theory]
    [InlineData(
        "Console.WriteLine($\"{[|store.FindAsync(1)|]}\");",
        "Console.WriteLine($\"{await store.FindAsync(1)}\");")]
    [InlineData(
        "Console.WriteLine($\"{[|store.CountAsync()|],5:N0}\");",
        "Console.WriteLine($\"{await store.CountAsync(),5:N0}\");")]
    [InlineData("Console.WriteLine([|store.FindAsync(1)|]);", "Console.WriteLine(await store.FindAsync(1));")]
    [InlineData(
        "Console.WriteLine(\"a\" + [|store.FindAsync(1)|] + \"b\");",
        "Console.WriteLine(\"a\" + await store.FindAsync(1) + \"b\");")]
    [InlineData(
        "var text = \"\"; text += [|store.FindAsync(1)|];",
        "var text = \"\"; text += await store.FindAsync(1);")]
    [InlineData("if ([|store.FindAsync(1)|] == null) { }", "if (await store.FindAsync(1) == null) { }")]
    [InlineData("if (null != [|store.FindAsync(1)|]) { }", "if (null != await store.FindAsync(1)) { }")]
    [InlineData("if ([|store.FindAsync(1)|] is not null) { }", "if (await store.FindAsync(1) is not null) { }")]
    [InlineData("if (5.Equals([|store.CountAsync()|])) { }", "if (5.Equals(await store.CountAsync())) { }")]
    [InlineData(
        "if ([|Task.WhenAny(one, other)|] == one) { }", "if (await Task.WhenAny(one, other) == one) { }")]
    [InlineData(
        "Console.WriteLine(new { A = [|store.FindAsync(1)|] });",
        "Console.WriteLine(new { A = await store.FindAsync(1) });")]
    [InlineData(
        "var task = store.FindAsync(1); Console.WriteLine([|task|]);",
        "var task = store.FindAsync(1); Console.WriteLine(await task);")]
    [InlineData(
        "Console.WriteLine([|store.FindAsync(1)|].ConfigureAwait(true));",
        "Console.WriteLine(await store.FindAsync(1).ConfigureAwait(true));")]
    [InlineData("Ok([|store.FindAsync(1)|]);", "Ok(await store.FindAsync(1));")]
    [InlineData(
        "Console.WriteLine(/* a */ [|store.FindAsync(/* b */ 1)|] /* c */);",
        "Console.WriteLine(/* a */ await store.FindAsync(/* b */ 1) /* c */);")]
    public Task Awaits_where_the_result_was_meant(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData(
        "Console.WriteLine([|store.FindAsync(1)|].ToString());",
        "Console.WriteLine((await store.FindAsync(1)).ToString());")]
    [InlineData(
        "Console.WriteLine([|store.FindAsync(1)|]?.ToString());",
        "Console.WriteLine((await store.FindAsync(1))?.ToString());")]
    [InlineData(
        "Console.WriteLine([|store.CountAsync()|].Equals(5));",
        "Console.WriteLine((await store.CountAsync()).Equals(5));")]
    [InlineData(
        "Console.WriteLine(flag ? [|store.FindAsync(1)|] : [|store.FindAsync(2)|]);",
        "Console.WriteLine(await (flag ? store.FindAsync(1) : store.FindAsync(2)));")]
    [InlineData(
        "Console.WriteLine([|store?.FindAsync(1)|] ?? [|store!.FindAsync(2)|]);",
        "Console.WriteLine(await (store?.FindAsync(1) ?? store!.FindAsync(2)));")]
    public Task Writes_the_parentheses_that_are_needed(string before, string after) =>
        Fixes(Async(before), Async(after));

    [Fact]
    public Task Follows_the_style_of_the_function() =>
        Fixes(
            Member("""
                async Task M(IStore store)
                    {
                        await store.SaveAsync().ConfigureAwait(false);
                        Console.WriteLine([|store.FindAsync(1)|]);
                    }
                """),
            Member("""
                async Task M(IStore store)
                    {
                        await store.SaveAsync().ConfigureAwait(false);
                        Console.WriteLine(await store.FindAsync(1).ConfigureAwait(false));
                    }
                """));

    [Fact]
    public Task Awaits_what_an_async_function_gives_as_an_object() =>
        Fixes(
            Member("async Task<object> M(IStore store) { await Task.Yield(); return [|store.FindAsync(1)|]; }"),
            Member("async Task<object> M(IStore store) { await Task.Yield(); return await store.FindAsync(1); }"));

    [Fact]
    public Task Awaits_nested_sites() =>
        Fixes(
            Async("Console.WriteLine([|store.NamedAsync($\"{[|store.FindAsync(1)|]}\")|]);"),
            Async("Console.WriteLine(await store.NamedAsync($\"{await store.FindAsync(1)}\"));"));

    [Theory]
    [InlineData("Console.WriteLine($\"{[|store.SaveAsync()|]}\");")]
    [InlineData("Console.WriteLine($\"{[|store?.FindAsync(1)|]}\");")]
    [InlineData("Console.WriteLine($\"{[|store?.FindAsync(1).ConfigureAwait(false)|]}\");")]
    [InlineData("Console.WriteLine([|store?.FindAsync(1).ToString()|]);")]
    [InlineData("Console.WriteLine($\"{(flag ? [|store.FindAsync(1)|] : [|store.FindAsync(2)|])}\");")]
    [InlineData("Console.WriteLine($\"{[|store.ReadAsync()|]}\");")]
    [InlineData("var count = store.CountAsync(); Console.WriteLine($\"{[|count|]}\"); await count;")]
    [InlineData("Console.WriteLine($\"{[|Task.WhenAny(one, other)|]}\");")]
    [InlineData("if ([|store.LengthAsync()|] == null) { }")]
    [InlineData("text += [|store.FindAsync(1)|];")]
    [InlineData("lock (this) { Console.WriteLine($\"{[|store.FindAsync(1)|]}\"); }")]
    [InlineData("void Local() => Console.WriteLine($\"{[|store.FindAsync(1)|]}\"); Local();")]
    [InlineData("Action act = () => Console.WriteLine($\"{[|store.FindAsync(1)|]}\"); act();")]
    [InlineData("try { } catch (Exception) when ([|store.FindAsync(1)|] == null) { }")]
    [InlineData("Console.WriteLine([|Endless()|]); async Task<int> Endless() { while (true) await Task.Delay(1); }")]
    [InlineData("Ok(new List<object> { [|Task.WhenAll(Task.Run(() => one))|] });")]
    public Task Offers_nothing_where_the_result_is_not_to_be_had(string statement) => OffersNoFix(Async(statement));

    [Fact]
    public Task Offers_nothing_in_a_function_that_is_not_async_yet() =>
        OffersNoFix(Member("object M(IStore store) => Ok([|store.FindAsync(1)|]);"));

    private static string Async(string statement) => Member($$"""
        async Task M(IStore store)
            {
                {{statement}}
                await Task.Yield();
            }
        """);

    private static string Member(string member) => $$"""
        class C : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            private readonly Task one = Task.CompletedTask;
            private readonly Task other = Task.CompletedTask;
            private bool flag;
            private string text = "";

            {{member}}
        }

        interface IStore
        {
            Task<string> FindAsync(int id);
            Task<string> NamedAsync(string name);
            Task<int> LengthAsync();
            ValueTask<int> CountAsync();
            Task SaveAsync();
            IAsyncEnumerable<int> ReadAsync();
        }

        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase
            {
                public object Ok(object? value) => new();
            }
        }
        """;
}
