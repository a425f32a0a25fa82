using System.Threading.Tasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Building.Groups;

/// <summary>The group as a scope that is joined before every normal exit, and where it must not be written.</summary>
public sealed class ScopeFormTests : GroupTests
{
    [Fact]
    public Task Keeps_a_value_before_the_join_and_returns_locals_directly() => Runs(
        """
        async Task<long> PlaceAsync(int order)
        {
            if (order > 0)
            {
                {|CS4014:AuditAsync(order)|};
                if (order == 1) return Price(order);
                if (order == 2) return order; // as it is
                if (order == 3) return 3;
                return await LoadAsync(order);
            }

            return 0;
        }
        """,
        """
        async Task<long> PlaceAsync(int order)
        {
            if (order > 0)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(order));
                    if (order == 1)
                    {
                        long result = Price(order);
                        await group.CompleteAsync();
                        return result;
                    }
                    if (order == 2)
                    {
                        await group.CompleteAsync();
                        return order; // as it is
                    }
                    if (order == 3)
                    {
                        await group.CompleteAsync();
                        return 3;
                    }
                    long result1 = await LoadAsync(order);
                    await group.CompleteAsync();
                    return result1;
                }
            }

            return 0;
        }
        """);

    [Fact]
    public Task Joins_before_it_leaves_a_using_and_a_finally() => Runs(
        """
        async Task<int> PlaceAsync(int order)
        {
            if (order > 0)
            {
                {|CS4014:AuditAsync(order)|};
                using (var body = new MemoryStream())
                {
                    try
                    {
                        if (await LoadAsync(order) == 0)
                        {
                            return (int)body.Length;
                        }
                    }
                    finally
                    {
                        Price(order);
                    }
                }
            }

            return 0;
        }
        """,
        """
        async Task<int> PlaceAsync(int order)
        {
            if (order > 0)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(order));
                    using (var body = new MemoryStream())
                    {
                        try
                        {
                            if (await LoadAsync(order) == 0)
                            {
                                int result = (int)body.Length;
                                await group.CompleteAsync();
                                return result;
                            }
                        }
                        finally
                        {
                            Price(order);
                        }
                    }
                    await group.CompleteAsync();
                }
            }

            return 0;
        }
        """);

    [Fact]
    public Task Joins_in_the_style_of_the_other_awaits() => Runs(
        """
        async Task PlaceAsync(int order)
        {
            if (order > 0)
            {
                // Somebody wants to know.
                {|CS4014:AuditAsync(order)|};
                order = await LoadAsync(order).ConfigureAwait(false);
                if (order == 1) return;
                Price(order);
            }
        }
        """,
        """
        async Task PlaceAsync(int order)
        {
            if (order > 0)
            {
                // Somebody wants to know.
                var group = TaskGroup.Open(TaskGroupOptions.Collect);
                await using (group.ConfigureAwait(false))
                {
                    var orderCopy = order;
                    group.Spawn(ct => AuditAsync(orderCopy));
                    order = await LoadAsync(order).ConfigureAwait(false);
                    if (order == 1)
                    {
                        await group.CompleteAsync().ConfigureAwait(false);
                        return;
                    }
                    Price(order);
                    await group.CompleteAsync().ConfigureAwait(false);
                }
            }
        }
        """);

    [Fact]
    public Task Keeps_what_was_written_to_an_async_local() => Fixes(
        """
        class Shop
        {
            static readonly AsyncLocal<int> Order = new();

            async Task PlaceAsync(bool now)
            {
                if (now)
                {
                    {|CS4014:MailAsync()|};
                    Order.Value = 1;
                    await Task.Yield();
                }

                Console.WriteLine(Order.Value);
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            static readonly AsyncLocal<int> Order = new();

            async Task PlaceAsync(bool now)
            {
                if (now)
                {
                    await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                    {
                        group.Spawn(ct => MailAsync());
                        Order.Value = 1;
                        await Task.Yield();
                        await group.CompleteAsync();
                    }
                }

                Console.WriteLine(Order.Value);
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Gives_out_more_than_four_values() => Runs(
        """
        async Task<int> PlaceAsync(bool urgent)
        {
            int a, b, c, d, e;
            a = b = c = d = e = 0;
            if (urgent)
            {
                {|CS4014:AuditAsync(1)|};
                a = await LoadAsync(1);
                b = c = d = e = a;
            }

            return a + b + c + d + e;
        }
        """,
        """
        async Task<int> PlaceAsync(bool urgent)
        {
            int a, b, c, d, e;
            a = b = c = d = e = 0;
            if (urgent)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(1));
                    a = await LoadAsync(1);
                    b = c = d = e = a;
                    await group.CompleteAsync();
                }
            }

            return a + b + c + d + e;
        }
        """);

    [Fact]
    public Task Does_not_overwrite_what_a_child_goes_on_writing() => Runs(
        """
        async Task<int> PlaceAsync(bool urgent)
        {
            var total = 0;
            if (urgent)
            {
                {|CS4014:Task.Run(() => total += Price(1))|};
                total += await LoadAsync(1);
            }

            return total;
        }
        """,
        """
        async Task<int> PlaceAsync(bool urgent)
        {
            var total = 0;
            if (urgent)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.SpawnOnThreadPool(ct => total += Price(1));
                    total += await LoadAsync(1);
                    await group.CompleteAsync();
                }
            }

            return total;
        }
        """);

    [Fact]
    public Task Does_not_join_where_the_body_would_catch_a_failure() => Refuses(
        """
        async Task<int> PlaceAsync(int order)
        {
            if (order > 0)
            {
                {|CS4014:AuditAsync(order)|};
                try
                {
                    if (await LoadAsync(order) == 0)
                    {
                        return 1;
                    }
                }
                catch (InvalidOperationException)
                {
                    Price(order);
                }
            }

            return 0;
        }
        """);

    [Fact]
    public Task Joins_in_a_handler() => Writes(
        "catch (InvalidOperationException)\n                {\n                    await group.CompleteAsync();",
        """
        async Task<int> PlaceAsync(int order)
        {
            if (order > 0)
            {
                {|CS4014:AuditAsync(order)|};
                try
                {
                    await LoadAsync(order);
                }
                catch (InvalidOperationException)
                {
                    return 1;
                }
            }

            return 0;
        }
        """);

    [Theory]
    [InlineData("Monitor.Enter(gate); if (order == 2) return 2; Monitor.Exit(gate);")]
    [InlineData("lock (gate) { if (order == 2) return 2; }")]
    public Task Does_not_join_while_a_lock_is_held(string statements) => Refuses(
        $$"""
        async Task<int> PlaceAsync(int order, object gate)
        {
            if (order > 0)
            {
                {|CS4014:AuditAsync(order)|};
                await SaveAsync(order);
                {{statements}}
            }

            return 0;
        }
        """);

    [Fact]
    public Task Is_not_written_before_CSharp_8() => Refuses(
        """
        async Task<int> PlaceAsync(int order)
        {
            if (order > 0)
            {
                {|CS4014:AuditAsync(order)|};
                if (order == 1) return Price(order);
                await SaveAsync(order);
            }

            return 0;
        }
        """,
        Code.CSharp7);

    [Fact]
    public Task Leaves_a_last_return_behind_the_group_where_that_is_the_only_exit() => Runs(
        """
        async Task<int> PlaceAsync(int order)
        {
            if (order > 0)
            {
                {|CS4014:AuditAsync(order)|};
                await SaveAsync(order);
                return order;
            }

            return 0;
        }
        """,
        """
        async Task<int> PlaceAsync(int order)
        {
            if (order > 0)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => AuditAsync(order));
                    await SaveAsync(order);
                }, TaskGroupOptions.Collect);
                return order;
            }

            return 0;
        }
        """,
        Code.CSharp7);
}
