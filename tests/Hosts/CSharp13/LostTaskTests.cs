using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Hosts.CSharp13;

public class LostTaskTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    [Fact]
    public Task Awaits_what_a_primary_constructor_was_given() => Fixes(
        """
        interface IMailer { Task SendAsync(int order, CancellationToken cancellationToken = default); }

        class Shop(IMailer mailer)
        {
            public async Task PlaceAsync(int order)
            {
                await Task.Yield();
                {|CS4014:mailer.SendAsync(order)|};
            }
        }
        """,
        """
        interface IMailer { Task SendAsync(int order, CancellationToken cancellationToken = default); }

        class Shop(IMailer mailer)
        {
            public async Task PlaceAsync(int order)
            {
                await Task.Yield();
                await mailer.SendAsync(order);
            }
        }
        """,
        code: NewerCode.CSharp12);

    [Fact]
    public Task Spawns_in_the_group_of_a_primary_constructor() => Fixes(
        """
        using ScopedTasks;

        interface IMailer { Task SendAsync(int order, CancellationToken cancellationToken = default); }

        class Shop(IMailer mailer, TaskGroup group)
        {
            public void Place(int order) => [|mailer.SendAsync(order)|];
        }
        """,
        """
        using ScopedTasks;

        interface IMailer { Task SendAsync(int order, CancellationToken cancellationToken = default); }

        class Shop(IMailer mailer, TaskGroup group)
        {
            public void Place(int order) => group.Spawn(ct => mailer.SendAsync(order, ct));
        }
        """,
        code: NewerCode.CSharp12);

    [Fact]
    public Task Runs_collection_expressions_and_their_spreads_in_a_group() => Fixes(
        """
        class Shop
        {
            async Task<int[]> PlaceAsync(int[] orders, CancellationToken ct)
            {
                {|CS4014:MailAsync([0, .. orders], ct)|};
                int[] more = [.. orders, await LoadAsync(ct)];
                return [.. more];
            }

            Task MailAsync(int[] orders, CancellationToken ct) => Task.CompletedTask;
            Task<int> LoadAsync(CancellationToken ct) => Task.FromResult(1);
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task<int[]> PlaceAsync(int[] orders, CancellationToken ct)
            {
                return await TaskGroup.RunAsync<int[]>(async group =>
                {
                    group.Spawn(ct => MailAsync([0, .. orders], ct));
                    int[] more = [.. orders, await LoadAsync(group.CancellationToken)];
                    return [.. more];
                }, TaskGroupOptions.Collect, ct);
            }

            Task MailAsync(int[] orders, CancellationToken ct) => Task.CompletedTask;
            Task<int> LoadAsync(CancellationToken ct) => Task.FromResult(1);
        }
        """,
        plan: "RunInGroup",
        code: NewerCode.CSharp12);

    [Fact]
    public Task Reports_a_drop_in_a_lambda_with_an_optional_parameter() => Reports(
        """
        class Shop
        {
            void M()
            {
                var mail = (int order, bool now = true) => { [|MailAsync(order)|]; };
                mail(1);
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        NewerCode.CSharp12);

    [Fact]
    public Task Reports_a_drop_through_an_alias_of_any_type() => Reports(
        """
        using Sending = (System.Threading.Tasks.Task Mail, int Number);

        class Shop
        {
            void M() { [|Send().Mail.ContinueWith(_ => MailAsync())|]; [|MailAsync()|]; }
            Sending Send() => (MailAsync(), 1);
            Task MailAsync() => Task.CompletedTask;
        }
        """,
        NewerCode.CSharp12);

    [Fact]
    public Task Ignores_tasks_in_a_collection_expression() => Ignores(
        """
        class Shop
        {
            readonly List<Task> _sent = [];

            Task M()
            {
                Task[] both = [MailAsync(), .. _sent];
                return Task.WhenAll([.. both, MailAsync()]);
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        NewerCode.CSharp12);

    [Fact]
    public Task Ignores_tasks_that_a_params_span_takes() => Ignores(
        """
        class Shop
        {
            async Task M()
            {
                await Task.WhenAll(MailAsync(), MailAsync());
                Keep(MailAsync(), MailAsync());
            }

            void Keep(params ReadOnlySpan<Task> tasks) { }
            Task MailAsync() => Task.CompletedTask;
        }
        """,
        NewerCode.CSharp13);

    [Fact]
    public Task Reports_a_drop_that_a_params_span_hides() => Reports(
        """
        class Shop
        {
            void M() => [|MailAsync(1, 2, 3)|];
            Task MailAsync(params ReadOnlySpan<int> orders) => Task.CompletedTask;
        }
        """,
        NewerCode.CSharp13);

    [Fact]
    public Task Writes_the_arguments_of_a_params_span_into_the_start() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order, CancellationToken ct)
            {
                {|CS4014:MailAsync(ct, order, 2)|};
                await SaveAsync(order, ct);
            }

            Task MailAsync(CancellationToken ct, params ReadOnlySpan<int> orders) => Task.CompletedTask;
            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(int order, CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => MailAsync(ct, order, 2));
                    await SaveAsync(order, group.CancellationToken);
                }, TaskGroupOptions.Collect, ct);
            }

            Task MailAsync(CancellationToken ct, params ReadOnlySpan<int> orders) => Task.CompletedTask;
            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup",
        code: NewerCode.CSharp13);

    [Fact]
    public Task Fixes_beside_a_ref_local_in_async_code() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int[] orders)
            {
                ref int first = ref orders[0];
                first++;
                Span<int> rest = orders.AsSpan(1);
                rest.Clear();
                {|CS4014:MailAsync()|};
                await Task.Yield();
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(int[] orders)
            {
                ref int first = ref orders[0];
                first++;
                Span<int> rest = orders.AsSpan(1);
                rest.Clear();
                await MailAsync();
                await Task.Yield();
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        code: NewerCode.CSharp13);

    [Fact]
    public Task Never_awaits_while_a_ref_local_is_in_use() => OffersNoFix(
        """
        class Shop
        {
            async Task PlaceAsync(int[] orders)
            {
                Span<int> rest = orders.AsSpan(1);
                {|CS4014:MailAsync()|};
                rest.Clear();
                await Task.Yield();
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        plan: "Await",
        code: NewerCode.CSharp13);

    [Fact]
    public Task Reports_a_drop_in_a_partial_property() => Reports(
        """
        partial class Shop
        {
            public partial int Order { get; set; }
        }

        partial class Shop
        {
            int _order;

            public partial int Order
            {
                get => _order;
                set
                {
                    _order = value;
                    [|SaveAsync()|];
                }
            }

            Task SaveAsync() => Task.CompletedTask;
        }
        """,
        NewerCode.CSharp13);
}
