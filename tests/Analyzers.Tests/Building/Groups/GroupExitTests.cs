using System.Threading.Tasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Building.Groups;

/// <summary>How statements in a group leave it: to the caller, a loop, a label, or not at all.</summary>
public sealed class GroupExitTests : GroupTests
{
    [Fact]
    public Task Returns_a_value_before_the_statements_that_follow() => Runs(
        """
        async Task<int> PlaceAsync(int order, bool urgent, CancellationToken ct)
        {
            if (urgent)
            {
                {|CS4014:MailAsync(order, ct)|};
                if (order == 0)
                {
                    return await LoadAsync(order, ct);
                }

                await SaveAsync(order, ct);
            }

            return 1;
        }
        """,
        """
        async Task<int> PlaceAsync(int order, bool urgent, CancellationToken ct)
        {
            if (urgent)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect, ct))
                {
                    group.Spawn(ct => MailAsync(order, ct));
                    if (order == 0)
                    {
                        int result = await LoadAsync(order, group.CancellationToken);
                        await group.CompleteAsync();
                        return result;
                    }

                    await SaveAsync(order, group.CancellationToken);
                    await group.CompleteAsync();
                }
            }

            return 1;
        }
        """);

    [Fact]
    public Task Leaves_the_method_and_not_the_lambda() => Runs(
        """
        async Task PlaceAsync(int order, bool urgent)
        {
            if (urgent)
            {
                {|CS4014:AuditAsync(order)|};
                if (order == 0) return;
                await SaveAsync(order);
            }

            await SaveAsync(0);
        }
        """,
        """
        async Task PlaceAsync(int order, bool urgent)
        {
            if (urgent)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(order));
                    if (order == 0)
                    {
                        await group.CompleteAsync();
                        return;
                    }
                    await SaveAsync(order);
                    await group.CompleteAsync();
                }
            }

            await SaveAsync(0);
        }
        """);

    [Fact]
    public Task Returns_the_value_of_a_whole_body() => Runs(
        """
        async Task<int> PlaceAsync(int order, bool urgent)
        {
            {|CS4014:AuditAsync(order)|};
            if (urgent)
            {
                return 0;
            }

            return await LoadAsync(order);
        }
        """,
        """
        async Task<int> PlaceAsync(int order, bool urgent)
        {
            return await TaskGroup.RunAsync(async group =>
            {
                group.Spawn(ct => AuditAsync(order));
                if (urgent)
                {
                    return 0;
                }

                return await LoadAsync(order);
            }, TaskGroupOptions.Collect);
        }
        """);

    [Fact]
    public Task Breaks_and_continues_the_enclosing_loop() => Runs(
        """
        async Task PlaceAsync()
        {
            while (true)
            {
                var order = await LoadAsync(1);
                if (order > 1)
                {
                    {|CS4014:AuditAsync(order)|};
                    if (order == 2)
                    {
                        continue;
                    }

                    await SaveAsync(order);
                    if (order == 3)
                    {
                        break;
                    }

                    await SaveAsync(order);
                    break;
                }
            }
        }
        """,
        """
        async Task PlaceAsync()
        {
            while (true)
            {
                var order = await LoadAsync(1);
                if (order > 1)
                {
                    await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                    {
                        group.Spawn(ct => AuditAsync(order));
                        if (order == 2)
                        {
                            await group.CompleteAsync();
                            continue;
                        }

                        await SaveAsync(order);
                        if (order == 3)
                        {
                            await group.CompleteAsync();
                            break;
                        }

                        await SaveAsync(order);
                        await group.CompleteAsync();
                    }
                    break;
                }
            }
        }
        """);

    [Fact]
    public Task Goes_to_a_label_outside() => Runs(
        """
        async Task PlaceAsync(int order)
        {
            if (order > 1)
            {
                {|CS4014:AuditAsync(order)|};
                if (await LoadAsync(order) == 0)
                {
                    goto end;
                }

                await SaveAsync(order);
            }

            await SaveAsync(0);
            end:
            Price(order);
        }
        """,
        """
        async Task PlaceAsync(int order)
        {
            if (order > 1)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(order));
                    if (await LoadAsync(order) == 0)
                    {
                        await group.CompleteAsync();
                        goto end;
                    }

                    await SaveAsync(order);
                    await group.CompleteAsync();
                }
            }

            await SaveAsync(0);
            end:
            Price(order);
        }
        """);

    [Fact]
    public Task Goes_to_a_case() => Runs(
        """
        async Task<int> PlaceAsync(int order)
        {
            switch (order)
            {
                case 0:
                    {|CS4014:AuditAsync(order)|};
                    if (await LoadAsync(order) == 0)
                    {
                        goto case 1;
                    }

                    return Price(order);
                case 1:
                    return 1;
                default:
                    return 2;
            }
        }
        """,
        """
        async Task<int> PlaceAsync(int order)
        {
            switch (order)
            {
                case 0:
                    await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                    {
                        group.Spawn(ct => AuditAsync(order));
                        if (await LoadAsync(order) == 0)
                        {
                            await group.CompleteAsync();
                            goto case 1;
                        }

                        int result = Price(order);
                        await group.CompleteAsync();
                        return result;
                    }
                case 1:
                    return 1;
                default:
                    return 2;
            }
        }
        """);

    [Theory]
    [InlineData("yield return 1;")]
    [InlineData("if (urgent) yield break; yield return 1;")]
    public Task Does_not_span_a_yield(string statement) => Refuses(
        $$"""
        async IAsyncEnumerable<int> PlaceAsync(bool urgent)
        {
            {|CS4014:AuditAsync(1)|};
            await SaveAsync(1);
            {{statement}}
        }
        """);

    [Fact]
    public Task Does_not_leave_a_lock_with_a_join() => Refuses(
        """
        async Task<int> PlaceAsync(bool urgent, object gate)
        {
            if (urgent)
            {
                {|CS4014:AuditAsync(1)|};
                await SaveAsync(1);
                lock (gate)
                {
                    return 1;
                }
            }

            return 0;
        }
        """);
}
