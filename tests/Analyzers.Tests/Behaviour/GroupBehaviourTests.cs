using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after each form of a group.</summary>
public sealed class GroupBehaviourTests : BehaviourTests
{
    [Fact]
    public Task A_lambda_starts_at_once_and_gives_the_result() => Keeps(
        Group,
        """
        static class Program
        {
            static async Task Main() => Console.WriteLine(await PlaceAsync(3));

            static async Task<int> PlaceAsync(int order)
            {
                Work.DoAsync("mail " + order);
                Console.WriteLine("mailing");
                await Task.Yield();
                Work.Open();
                await Work.WaitAsync(1);
                return order + 1;
            }
        }
        """,
        "mail 3 starts",
        "mail 3 ends",
        "4");

    [Fact]
    public Task A_lambda_hands_out_what_is_read_afterwards() => Keeps(
        Group,
        """
        static class Program
        {
            static async Task Main()
            {
                int price;
                var name = "";
                if (DateTime.UtcNow.Year > 2000)
                {
                    Work.DoAsync("mail");
                    price = await Task.FromResult(5);
                    name = "five";
                    Work.Open();
                    await Work.WaitAsync(1);
                }
                else
                {
                    price = 0;
                }

                Console.WriteLine(name + price);
            }
        }
        """,
        "five5");

    [Fact]
    public Task A_scope_leaves_by_every_exit() => Keeps(
        Group,
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                for (var i = 0; i < 6; i++)
                {
                    Console.WriteLine(i + " gives " + await PlaceAsync(i));
                }

                await Work.WaitAsync(8);
            }

            static async Task<int> PlaceAsync(int order)
            {
                while (true)
                {
                    if (order >= 0)
                    {
                        Work.DoAsync("mail " + order);
                        if (order == 0) return 7;
                        if (order == 1) return Double(order);
                        if (order == 2) goto end;
                        if (order == 3)
                        {
                            order = -1;
                            continue;
                        }

                        using (new Closing(order))
                        {
                            if (order == 4) break;
                        }

                        await Task.Yield();
                        order = await Task.FromResult(0) + 2;
                        continue;
                    }

                    return 11;
                }

                Console.WriteLine("left");
                end:
                Work.DoAsync("last " + order);
                await Task.Yield();
                return 12;
            }

            static int Double(int order) => 2 * order;
        }

        sealed class Closing : IDisposable
        {
            private readonly int _order;

            public Closing(int order) => _order = order;

            public void Dispose() => Console.WriteLine(_order + " closed");
        }
        """,
        "1 gives 2",
        "left");

    [Fact]
    public Task A_scope_reads_the_fields_of_its_struct() => Keeps(
        Group,
        """
        static class Program
        {
            static Task Main() => new Order { Id = 4 }.PlaceAsync();
        }

        struct Order
        {
            public int Id;

            public async Task PlaceAsync()
            {
                Work.DoAsync("mail " + Id);
                Id++;
                Work.Open();
                await Work.WaitAsync(1);
                Console.WriteLine(Id);
            }
        }
        """,
        "mail 4 ends",
        "5");

    [Fact]
    public Task A_scope_keeps_what_it_wrote_to_an_async_local() => Keeps(
        Group,
        """
        static class Program
        {
            static readonly AsyncLocal<string> Tenant = new AsyncLocal<string>();

            static async Task Main()
            {
                {
                    Work.DoAsync("mail");
                    Tenant.Value = "one";
                    Work.Open();
                    await Work.WaitAsync(1);
                }

                Console.WriteLine("tenant " + Tenant.Value);
            }
        }
        """,
        "tenant one");

    [Fact]
    public Task A_finite_loop_runs_its_starts_at_once() => Keeps(
        Group,
        """
        static class Program
        {
            static async Task Main()
            {
                for (var i = 0; i < 3; i++)
                {
                    Work.DoAsync("mail " + i);
                    await Task.Yield();
                }

                // Were they taken one after another, nobody would get here to open the gate.
                Work.Open();
                await Work.WaitAsync(3);
            }
        }
        """,
        "mail 2 ends");

    [Fact]
    public Task Arguments_have_the_values_that_they_had() => Keeps(
        Group,
        """
        static class Program
        {
            static async Task Main()
            {
                var order = 1;
                Work.DoAsync("mail " + order++);
                Work.DoAsync("mail " + order);
                order = 9;
                Work.DoAsync("mail " + (order = 4) + await Task.FromResult(5));
                Work.Open();
                await Work.WaitAsync(3);
                Console.WriteLine(order);
            }
        }
        """,
        "mail 1 ends",
        "mail 2 ends",
        "mail 45 ends",
        "4");

    [Fact]
    public Task Threads_and_pool_work_belong_to_the_group() => Keeps(
        Group,
        """
        static class Program
        {
            static async Task Main()
            {
                await Task.Yield();
                new Thread(() => Work.Do(Thread.CurrentThread.IsThreadPoolThread ? "pool" : "thread")).Start();
                ThreadPool.QueueUserWorkItem(_ => Work.Do("queued"));
                _ = Task.Run(() => Work.Do("run"));
                _ = Task.Factory.StartNew(() => Work.Do("long"), TaskCreationOptions.LongRunning);
                _ = Task.Factory.StartNew(async () =>
                {
                    await Task.Yield();
                    Work.Do("started");
                });
                await Work.WaitAsync(5);
            }
        }
        """,
        "thread",
        "queued",
        "run",
        "long",
        "started");

    [Fact]
    public Task A_bounded_loop_runs_everything() => Keeps(
        Bound,
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                var orders = Enumerable.Range(0, 1000).Select(order => order * 2).ToList();
                foreach (var order in orders)
                {
                    _ = Work.DoAsync("store " + order);
                }

                foreach (var order in orders)
                {
                    Console.WriteLine("check " + order);
                    Work.DoAsync("save " + order);
                }

                await Work.WaitAsync(2000);
            }
        }
        """,
        "store 1998 ends",
        "save 0 ends");

    [Fact]
    public Task A_bounded_selection_keeps_the_order_of_its_results() => Keeps(
        Bound,
        """
        static class Program
        {
            static async Task Main()
            {
                var items = new List<int>();
                for (var i = 0; i < 100; i++) items.Add(i);
                var prices = await Task.WhenAll(items.Select(item => PriceAsync(item)));
                Console.WriteLine(string.Join(",", prices));
            }

            static async Task<int> PriceAsync(int item)
            {
                if (item % 2 == 0) await Task.Yield();
                return item * 2;
            }
        }
        """);

    [Fact]
    public Task A_failure_comes_out_of_a_lambda_and_stops_nobody() => BringsOut(
        "mail",
        Group,
        """
        static class Program
        {
            static async Task Main()
            {
                Work.FailAsync("mail");
                Work.DoAsync("audit");
                await Work.WaitAsync(1);
                Work.Open();
                await Work.WaitAsync(1);
                Console.WriteLine("done");
            }
        }
        """);

    [Fact]
    public Task A_failure_comes_out_of_a_scope_and_stops_nobody() => BringsOut(
        "mail",
        Group,
        """
        static class Program
        {
            static async Task Main() => await PlaceAsync(true);

            static async Task<int> PlaceAsync(bool urgent)
            {
                if (urgent)
                {
                    Work.FailAsync("mail");
                    Work.DoAsync("audit");
                    await Work.WaitAsync(1);
                    Work.Open();
                    await Work.WaitAsync(1);
                    if (urgent) return Math.Max(1, 2);
                    Console.WriteLine("no");
                }

                return 0;
            }
        }
        """);

    [Fact]
    public Task A_failure_comes_out_of_a_bounded_loop_and_stops_nobody() => BringsOut(
        "store 7",
        Bound,
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                foreach (var order in Enumerable.Range(0, 100).Where(order => order >= 0))
                {
                    _ = order == 7 ? Work.FailAsync("store 7") : Work.DoAsync("store " + order);
                }

                await Work.WaitAsync(100);
            }
        }
        """);

    [Fact]
    public async Task A_deliberate_discard_reports_its_failure_and_stops_nobody()
    {
        var (before, after) = await RunAsync(
            Group,
            """
            static class Program
            {
                static async Task Main()
                {
                    _ = Work.FailAsync("mail");
                    _ = Work.DoAsync("audit");
                    await Work.WaitAsync(1);
                    Work.Open();
                    await Work.WaitAsync(1);
                    Console.WriteLine("done");
                }
            }
            """);

        Assert.Null(after.Failure);
        Assert.Empty(before.Lines.Except(after.Lines));
        Assert.Contains(after.Lines.Except(before.Lines), line => line.Contains("mail"));
    }

    [Fact]
    public async Task A_discard_that_fails_outside_of_its_context_reports_it()
    {
        var (_, after) = await RunAsync(
            Group,
            """
            static class Program
            {
                static async Task Main()
                {
                    var source = new TaskCompletionSource();
                    _ = SendAsync(source.Task);
                    using (ExecutionContext.SuppressFlow())
                    {
                        new Thread(() => source.SetException(new InvalidOperationException("mail"))).Start();
                    }

                    await Task.Yield();
                }

                static Task SendAsync(Task sent) => sent;
            }
            """);

        Assert.Contains(after.Lines, line => line.Contains("mail"));
    }

    [Fact]
    public async Task A_failing_body_cancels_its_children_and_its_failure_comes_out()
    {
        var (_, after) = await RunAsync(
            Group,
            """
            static class Program
            {
                static async Task Main()
                {
                    using var source = new CancellationTokenSource();
                    await PlaceAsync(source.Token);
                }

                static async Task PlaceAsync(CancellationToken cancellationToken)
                {
                    Work.DoAsync("mail", cancellationToken);
                    await Task.Yield();
                    throw new InvalidOperationException("body");
                }
            }
            """);

        Assert.Equal("body", Assert.IsType<System.InvalidOperationException>(after.Failure).Message);
        Assert.Contains("mail is cancelled", after.Lines);
    }

    [Fact]
    public async Task Detached_work_reports_its_failure()
    {
        var (before, after) = await RunAsync(
            Detach,
            """
            static class Program
            {
                static async Task Main()
                {
                    var failed = "nothing";
                    ScopedTasks.BackgroundTasks.Failed += failure => failed = failure.Exception.Message;
                    _ = Work.FailAsync("mail");
                    ThreadPool.QueueUserWorkItem(_ => Work.Do("queued"));
                    await Work.WaitAsync(2);
                    await ScopedTasks.BackgroundTasks.DrainAsync(TimeSpan.FromMinutes(1));
                    Console.WriteLine(failed + " failed");
                }
            }
            """);

        Assert.Contains("nothing failed", before.Lines);
        Assert.Contains("mail failed", after.Lines);
        Assert.Contains("queued", after.Lines);
    }
}
