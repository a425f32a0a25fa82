using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE115: work that is started on the pool and awaited at once.</summary>
public sealed class PointlessStartTests : RuleTests<PointlessStartAnalyzer, PointlessStartFix>
{
    [Fact]
    public Task Names_the_work() => Reports(
        Async("await [|Task.Run(() => SaveAsync(1))|];"),
        "'SaveAsync' is started on the thread pool and awaited at once, and it keeps no thread busy; "
            + "await it directly");

    [Theory]
    [InlineData("await [|Task.Run(() => SaveAsync(1))|];", "await SaveAsync(1);")]
    [InlineData("await [|Task.Run(async () => await SaveAsync(1))|];", "await SaveAsync(1);")]
    [InlineData("await [|Task.Run(async () => { await SaveAsync(1); })|];", "await SaveAsync(1);")]
    [InlineData("await [|Task.Run(() => { return SaveAsync(1); })|]; // saved", "await SaveAsync(1); // saved")]
    [InlineData("await [|Task.Run(FlushAsync)|];", "await FlushAsync();")]
    [InlineData("await [|Task.Run(this.FlushAsync)|];", "await this.FlushAsync();")]
    [InlineData("var price = await [|Task.Run(() => PriceAsync(1))|];", "var price = await PriceAsync(1);")]
    [InlineData("await [|Task.Run(() => SaveAsync(1))|].ConfigureAwait(false);",
        "await SaveAsync(1).ConfigureAwait(false);")]
    [InlineData("await [|Task.Run(async () => await SaveAsync(1).ConfigureAwait(false))|];", "await SaveAsync(1);")]
    [InlineData("var saved = [|Task.Run(() => SaveAsync(1))|];\n        await saved;", "await SaveAsync(1);")]
    [InlineData("var price = [|Task.Run(() => PriceAsync(1))|];\n        var number = await price;",
        "var number = await PriceAsync(1);")]
    public Task Awaits_it_directly(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("await Task.Run(() => Work());")]
    [InlineData("await Task.Run(() => ParseAsync());")]
    [InlineData("await Task.Run(() => LoopAsync());")]
    [InlineData("await Task.Run(() => SaveAsync(Work()));")]
    [InlineData("await Task.Run(() => SaveAsync(1), ct);")]
    [InlineData("await Task.Run(() => LoadAsync());")]
    [InlineData("await Task.Run(async () => { Work(); await SaveAsync(1); });")]
    [InlineData("await Task.Run(() => Task.Delay(1));")]
    [InlineData("await Task.WhenAll(Task.Run(() => SaveAsync(1)), Task.Run(() => SaveAsync(2)));")]
    [InlineData("var saved = Task.Run(() => SaveAsync(1)); Work(); await saved;")]
    [InlineData("var saved = Task.Run(() => SaveAsync(1)); if (Work() > 1) await saved; await saved;")]
    [InlineData("await Task.Factory.StartNew(() => SaveAsync(1)).Unwrap();")]
    [InlineData("await Run(() => SaveAsync(1));")]
    public Task Ignores_a_start_that_may_have_its_point(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Ignores_code_that_leaves_its_context() => Ignores(
        Async("await Task.Run(() => SaveAsync(1));") + "\nnamespace System.Windows { public class Application { } }");

    [Fact]
    public Task Ignores_a_component() => Ignores(
        Async("await Task.Run(() => SaveAsync(1));").Replace("class Shop", "class Shop : ComponentBase")
            + "\nclass ComponentBase { }");

    [Fact]
    public Task Reports_it_where_there_might_be_components() => Reports(
        Async("await [|Task.Run(() => SaveAsync(1))|];")
            + "\nnamespace Microsoft.AspNetCore.Components { public class ComponentBase { } }");

    [Fact]
    public Task Ignores_tests() => Ignores(
        Async("await SaveAsync(1);").Replace(
            "private int _number;", "[Fact] async Task Saves() => await Task.Run(() => SaveAsync(1));")
        + "\nclass FactAttribute : Attribute { }");

    private static string Async(string statements) =>
        $$"""
        class Shop
        {
            private int _number;

            async Task M(CancellationToken ct)
            {
                {{statements}}
            }

            async Task SaveAsync(int order) { await Task.Delay(order); Work(); }
            async Task FlushAsync() => await Task.Delay(1);
            async Task<int> PriceAsync(int order)
            {
                var price = await Task.FromResult(order).ConfigureAwait(false);
                return price;
            }

            async Task ParseAsync() { Work(); await Task.Yield(); }
            async Task LoopAsync() { for (var i = 0; i < 1000; i++) { await Task.Delay(1); } }
            Task LoadAsync() => Task.Delay(1);
            int Work() => 1;
            Task Run(Func<Task> function) => function();
        }
        """;
}
