using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>What becomes of tasks that are awaited one after another.</summary>
public sealed class OrphanedSiblingFixTests : RuleTests<OrphanedSiblingAnalyzer, OrphanedSiblingFix>
{
    [Fact]
    public Task Awaits_values_together() => Fixes(
        Bookings.Async(
            """
            // both at once
            var user = GetAsync(1);
            var cart = [|GetAsync(2)|];
            var u = await user;
            var c = await cart;
            Console.WriteLine(u + c);
            """),
        Bookings.Async(
            """
            // both at once
            var (u, c) = await TaskGroup.WhenAllAsync(ct1 => GetAsync(1), ct1 => GetAsync(2));
            Console.WriteLine(u + c);
            """,
            isFixed: true),
        title: "Run them in a task group (the first failure cancels the rest)");

    [Fact]
    public Task Reads_the_values_where_they_were_awaited() => Fixes(
        Bookings.Async(
            """
            var user = GetAsync(1);
            var cart = [|GetAsync(2)|];
            Console.WriteLine(await user + await cart);
            """),
        Bookings.Async(
            """
            var (user, cart) = await TaskGroup.WhenAllAsync(ct1 => GetAsync(1), ct1 => GetAsync(2));
            Console.WriteLine(user + cart);
            """,
            isFixed: true));

    [Fact]
    public Task Awaits_plain_tasks_together() => Fixes(
        Bookings.Async(
            """
            var sent = SendAsync(order, ct);
            var saved = [|SaveAsync(order, ct)|];
            await sent;
            await saved;
            Console.WriteLine();
            """),
        Bookings.Async(
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
    [InlineData("var a = SendAsync(1, ct); var b = [|SendAsync(2, ct)|]; if (order > 5) await a; await b;")]
    [InlineData("var a = SendAsync(1, ct); var b = [|SendAsync(2, ct)|]; if (order > 5) { await a; } await b;")]
    public Task Leaves_what_is_not_side_by_side(string statements) => OffersNoFix(Bookings.Async(statements));
}
