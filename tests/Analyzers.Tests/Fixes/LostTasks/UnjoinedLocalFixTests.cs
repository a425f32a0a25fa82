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
        Bookings.Async(
            """
            // the customer first
            var sent = [|SendAsync(order, ct)|];
            await SaveAsync(order, ct);
            """),
        Bookings.Async(
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
        Bookings.Async("var sent = [|SendAsync(order, ct)|];"),
        Bookings.Async("await SendAsync(order, ct);"));

    [Fact]
    public Task Keeps_the_local_that_something_names() => Fixes(
        Bookings.Async(
            """
            var sent = [|SendAsync(order, ct)|];
            Console.WriteLine(sent.Id);
            await SaveAsync(order, ct);
            """),
        Bookings.Async(
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
        Bookings.Async(
            """
            var sent = [|SendAsync(1, ct)|];
            sent = SendAsync(order, ct);
            await sent;
            """),
        Bookings.Async(
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
        Bookings.Async(
            """
            var tasks = new List<Task>();
            tasks.Add([|SendAsync(1, ct)|]);
            if (order > 1) tasks.Add([|SendAsync(order, ct)|]);
            await SaveAsync(order, ct);
            """),
        Bookings.Async(
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
        Bookings.Async("var sent = [|SendAsync(order, ct)|]; await SaveAsync(order, ct);"),
        code: Code.WithoutRuntime);

    [Fact]
    public Task Leaves_code_that_cannot_await() => OffersNoFix(
        Bookings.Member("void Place(int order) { var sent = [|SendAsync(order, default)|]; Console.WriteLine(); }"));
}
