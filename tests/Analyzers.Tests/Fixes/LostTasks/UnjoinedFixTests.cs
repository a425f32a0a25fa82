using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>What becomes of a task that a local keeps and nobody waits for.</summary>
public sealed class UnjoinedLocalFixTests : RuleTests<UnjoinedLocalAnalyzer, UnjoinedLocalFix>
{
    [Fact]
    public Task Spawns_what_nobody_names() => Fixes(
        Shop.Async(
            """
            // the customer first
            var sent = [|SendAsync(order, ct)|];
            await SaveAsync(order, ct);
            """),
        Shop.Async(
            """
            // the customer first
            await TaskGroup.RunAsync(async group =>
            {
                group.Spawn(ct => SendAsync(order, ct));
                await SaveAsync(order, group.CancellationToken);
            }, TaskGroupOptions.Collect, ct);
            """,
            isFixed: true),
        title: "Run in a task group (waits for it; failures come out at the end)");

    [Fact]
    public Task Awaits_it_where_nothing_comes_after() => Fixes(
        Shop.Async("var sent = [|SendAsync(order, ct)|];"),
        Shop.Async("await SendAsync(order, ct);"));

    [Fact]
    public Task Keeps_the_local_that_something_names() => Fixes(
        Shop.Async(
            """
            var sent = [|SendAsync(order, ct)|];
            Console.WriteLine(sent.Id);
            await SaveAsync(order, ct);
            """),
        Shop.Async(
            """
            await TaskGroup.RunAsync(async group =>
            {
                var sent = group.Run(ct => SendAsync(order, ct));
                Console.WriteLine(sent.Id);
                await SaveAsync(order, group.CancellationToken);
            }, TaskGroupOptions.Collect, ct);
            """,
            isFixed: true));

    [Fact]
    public Task Keeps_the_value_that_overwrites_it() => Fixes(
        Shop.Async(
            """
            var sent = [|SendAsync(1, ct)|];
            sent = SendAsync(order, ct);
            await sent;
            """),
        Shop.Async(
            """
            await TaskGroup.RunAsync(async group =>
            {
                var sent = group.Run(ct => SendAsync(1, ct));
                sent = SendAsync(order, ct);
                await sent;
            }, TaskGroupOptions.Collect, ct);
            """,
            isFixed: true));

    [Fact]
    public Task Takes_all_that_a_list_holds() => Fixes(
        Shop.Async(
            """
            var tasks = new List<Task>();
            tasks.Add([|SendAsync(1, ct)|]);
            if (order > 1) tasks.Add([|SendAsync(order, ct)|]);
            await SaveAsync(order, ct);
            """),
        Shop.Async(
            """
            var tasks = new List<Task>();
            await TaskGroup.RunAsync(async group =>
            {
                tasks.Add(group.Run(ct => SendAsync(1, ct)));
                if (order > 1) tasks.Add(group.Run(ct => SendAsync(order, ct)));
                await SaveAsync(order, group.CancellationToken);
            }, TaskGroupOptions.Collect, ct);
            """,
            isFixed: true));

    [Fact]
    public Task Leaves_it_where_more_comes_after_and_no_group_is_there() => OffersNoFix(
        Shop.Async("var sent = [|SendAsync(order, ct)|]; await SaveAsync(order, ct);"),
        code: Code.WithoutRuntime);

    [Fact]
    public Task Leaves_code_that_cannot_await() => OffersNoFix(
        Shop.Member("void Place(int order) { var sent = [|SendAsync(order, default)|]; Console.WriteLine(); }"));
}

/// <summary>What becomes of a task that one path loses.</summary>
public sealed class UnjoinedPathFixTests : RuleTests<UnjoinedPathAnalyzer, UnjoinedPathFix>
{
    [Fact]
    public Task Waits_for_it_on_every_path() => Fixes(
        Shop.Async(
            """
            var sent = [|SendAsync(order, ct)|];
            if (order > 5)
            {
                return;
            }

            await SaveAsync(order, ct);
            await sent;
            """),
        Shop.Async(
            """
            await TaskGroup.RunAsync(async group =>
            {
                var sent = group.Run(ct => SendAsync(order, ct));
                if (order > 5)
                {
                    return;
                }

                await SaveAsync(order, group.CancellationToken);
                await sent;
            }, TaskGroupOptions.Collect, ct);
            """,
            isFixed: true));

    [Fact]
    public Task Cancels_a_value_that_nobody_needs_any_more() => Fixes(
        Shop.Member(
            """
            async Task<int> PlaceAsync(int order, CancellationToken ct)
                {
                    var price = [|PriceAsync(order, ct)|];
                    if (order > 5)
                    {
                        return 0;
                    }

                    return await price;
                }
            """),
        Shop.Member(
            """
            async Task<int> PlaceAsync(int order, CancellationToken ct)
                {
                    return await TaskGroup.RunAsync(async group =>
                    {
                        var price = group.Run(ct => PriceAsync(order, ct));
                        if (order > 5)
                        {
                            group.Cancel();
                            return 0;
                        }

                        return await price;
                    }, TaskGroupOptions.Collect, ct);
                }
            """,
            isFixed: true));

    [Fact]
    public Task Leaves_a_join_whose_failure_the_range_handles() => OffersNoFix(
        Shop.Async(
            """
            var sent = [|SendAsync(order, ct)|];
            if (order > 5) return;
            try { await sent; } catch (TimeoutException) { Console.WriteLine(); }
            """));
}

/// <summary>What becomes of tasks that are awaited one after another.</summary>
public sealed class OrphanedSiblingFixTests : RuleTests<OrphanedSiblingAnalyzer, OrphanedSiblingFix>
{
    [Fact]
    public Task Awaits_values_together() => Fixes(
        Shop.Async(
            """
            // both at once
            var user = PriceAsync(order, ct);
            var cart = [|PriceAsync(2, ct)|];
            var u = await user;
            var c = await cart;
            Console.WriteLine(u + c);
            """),
        Shop.Async(
            """
            // both at once
            var (u, c) = await TaskGroup.WhenAllAsync(ct => PriceAsync(order, ct), ct => PriceAsync(2, ct), cancellationToken: ct);
            Console.WriteLine(u + c);
            """,
            isFixed: true),
        title: "Run them in a task group (the first failure cancels the rest)");

    [Fact]
    public Task Reads_the_values_where_they_were_awaited() => Fixes(
        Shop.Async(
            """
            var user = PriceAsync(order, ct);
            var cart = [|PriceAsync(2, ct)|];
            Console.WriteLine(await user + await cart);
            """),
        Shop.Async(
            """
            var (user, cart) = await TaskGroup.WhenAllAsync(ct => PriceAsync(order, ct), ct => PriceAsync(2, ct), cancellationToken: ct);
            Console.WriteLine(user + cart);
            """,
            isFixed: true));

    [Fact]
    public Task Awaits_plain_tasks_together() => Fixes(
        Shop.Async(
            """
            var sent = SendAsync(order, ct);
            var saved = [|SaveAsync(order, ct)|];
            await sent;
            await saved;
            Console.WriteLine();
            """),
        Shop.Async(
            """
            await TaskGroup.WhenAllAsync(ct => SendAsync(order, ct), ct => SaveAsync(order, ct), cancellationToken: ct);
            Console.WriteLine();
            """,
            isFixed: true));

    [Theory]
    [InlineData("var a = PriceAsync(1, ct); var b = [|PriceAsync(2, ct)|]; await a; Console.WriteLine(); await b;")]
    [InlineData("var a = PriceAsync(1, ct); var b = [|SendAsync(2, ct)|]; await a; await b;")]
    [InlineData("var a = PriceAsync(1, ct); Console.WriteLine(); var b = [|PriceAsync(2, ct)|]; await a; await b;")]
    [InlineData("var a = PriceAsync(1, ct); var b = [|PriceAsync(2, default)|]; await a; /* why */ await b;")]
    [InlineData("var a = PriceAsync(1, ct); var b = [|PriceAsync(2, ct)|]; await a; await b; Console.WriteLine(a.Id);")]
    public Task Leaves_what_is_not_side_by_side(string statements) => OffersNoFix(Shop.Async(statements));
}

internal static class Shop
{
    public static string Async(string statements, bool isFixed = false)
    {
        var lines = statements.Replace("\n", "\n        ").Replace("\n        \n", "\n\n");
        return Member(
            $$"""
            async Task PlaceAsync(int order, CancellationToken ct)
                {
                    {{lines}}
                }
            """,
            isFixed);
    }

    public static string Member(string member, bool isFixed = false) =>
        (isFixed ? "using ScopedTasks;\n\n" : "")
        + $$"""
        class Shop
        {
            {{member}}

            Task SendAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task<int> PriceAsync(int order, CancellationToken ct) => Task.FromResult(order);
        }
        """;
}
