using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Hosts.CSharp14;

public class LostTaskTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    [Fact]
    public Task Detaches_in_an_accessor_with_a_field() => Fixes(
        """
        class Shop
        {
            public int Order
            {
                get;
                set
                {
                    field = value;
                    [|SaveAsync(field)|];
                }
            }

            Task SaveAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            public int Order
            {
                get;
                set
                {
                    field = value;
                    BackgroundTasks.Spawn(ct => SaveAsync(field));
                }
            }

            Task SaveAsync(int order) => Task.CompletedTask;
        }
        """,
        code: NewestCode.CSharp14);

    [Fact]
    public Task Awaits_in_an_extension_member() => Fixes(
        """
        class Order { public Task MailAsync() => Task.CompletedTask; }

        static class Orders
        {
            extension(Order order)
            {
                public async Task PlaceAsync()
                {
                    await Task.Yield();
                    {|CS4014:order.MailAsync()|};
                }
            }
        }
        """,
        """
        class Order { public Task MailAsync() => Task.CompletedTask; }

        static class Orders
        {
            extension(Order order)
            {
                public async Task PlaceAsync()
                {
                    await Task.Yield();
                    await order.MailAsync();
                }
            }
        }
        """,
        code: NewestCode.CSharp14);

    [Fact]
    public Task Runs_the_rest_of_an_extension_member_in_a_group() => Fixes(
        """
        class Order { public Task MailAsync(CancellationToken ct) => Task.CompletedTask; }

        static class Orders
        {
            extension(Order order)
            {
                public async Task<int> PlaceAsync(CancellationToken ct)
                {
                    {|CS4014:order.MailAsync(ct)|};
                    await order.SaveAsync(ct);
                    return 1;
                }

                Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            }
        }
        """,
        """
        using ScopedTasks;

        class Order { public Task MailAsync(CancellationToken ct) => Task.CompletedTask; }

        static class Orders
        {
            extension(Order order)
            {
                public async Task<int> PlaceAsync(CancellationToken ct)
                {
                    return await TaskGroup.RunAsync(async group =>
                    {
                        group.Spawn(ct => order.MailAsync(ct));
                        await order.SaveAsync(group.CancellationToken);
                        return 1;
                    }, TaskGroupOptions.Collect, ct);
                }

                Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            }
        }
        """,
        plan: "RunInGroup",
        code: NewestCode.CSharp14);

    [Fact]
    public Task Reports_a_dropped_call_of_an_extension_member() => Reports(
        """
        static class Numbers
        {
            extension(int number)
            {
                public Task MailAsync() => Task.CompletedTask;
                public static Task ResetAsync() => Task.CompletedTask;
            }

            static void M()
            {
                [|1.MailAsync()|];
                [|int.ResetAsync()|];
            }
        }
        """,
        NewestCode.CSharp14);

    [Fact]
    public Task Ignores_a_task_that_is_kept_by_a_conditional_assignment() => Ignores(
        """
        class Shop
        {
            Task? _mail;

            static void M(Shop? shop)
            {
                shop?._mail = MailAsync();
            }

            static Task MailAsync() => Task.CompletedTask;
        }
        """,
        NewestCode.CSharp14);

    [Fact]
    public Task Reports_drops_in_partial_constructors_and_events() => Reports(
        """
        partial class Shop
        {
            public partial Shop(int order);
            public partial event Action Placed;
        }

        partial class Shop
        {
            public partial Shop(int order) => [|SaveAsync()|];

            public partial event Action Placed
            {
                add { [|SaveAsync()|]; }
                remove { }
            }

            static Task SaveAsync() => Task.CompletedTask;
        }
        """,
        NewestCode.CSharp14);

    [Fact]
    public Task Reports_a_drop_in_a_lambda_whose_parameters_have_modifiers_and_no_types() => Reports(
        """
        delegate bool Parse(string text, out int order);

        class Shop
        {
            Parse _parse = (text, out order) => { order = 1; [|SaveAsync()|]; return true; };

            static Task SaveAsync() => Task.CompletedTask;
        }
        """,
        NewestCode.CSharp14);
}
