using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after the work stays within the scope of its resource.</summary>
public sealed class OutlivedResourceBehaviourTests
    : FixBehaviourTests<OutlivedResourceAnalyzer, OutlivedResourceFix>
{
    private const string Connection =
        """
        sealed class Connection : IDisposable
        {
            private bool _isDisposed;

            public async Task SendAsync(string name)
            {
                await Work.DoAsync(name);
                if (_isDisposed) Console.WriteLine(name + " uses what is disposed");
            }

            public async Task FailAsync(string name)
            {
                await Task.Yield();
                throw new InvalidOperationException(name);
            }

            public void Dispose()
            {
                _isDisposed = true;
                Console.WriteLine("disposed");
            }
        }

        """;

    [Fact]
    public async Task The_scope_ends_after_the_returned_work()
    {
        var (before, after) = await RunAsync(
            Connection + """
            static class Program
            {
                static async Task Main()
                {
                    var sent = SendAsync("mail");
                    Work.Open();
                    await sent;
                }

                static Task SendAsync(string name)
                {
                    using var connection = new Connection();
                    return connection.SendAsync(name);
                }
            }
            """);
        Assert.Equal(
            new[] { "mail starts", "disposed", "mail ends", "mail uses what is disposed" }, before.Lines);
        Assert.Equal(new[] { "mail starts", "mail ends", "disposed" }, after.Lines);
    }

    [Fact]
    public async Task Every_return_gives_what_it_gave()
    {
        var (before, after) = await RunAsync(
            Connection + """
            static class Program
            {
                static async Task Main()
                {
                    Work.Open();
                    for (var order = 0; order < 4; order++)
                    {
                        await SendAsync(order);
                    }
                }

                static Task SendAsync(int order)
                {
                    if (order == 0) return Task.CompletedTask;
                    using (var connection = new Connection())
                    {
                        if (order == 1) return connection.SendAsync("one");
                        if (order == 2)
                        {
                            return Work.DoAsync("two");
                        }
                    }

                    return Task.CompletedTask;
                }
            }
            """);
        Assert.Null(after.Failure);
        Assert.Equal(System.Linq.Enumerable.Order(before.Lines), System.Linq.Enumerable.Order(after.Lines));
    }

    [Fact]
    public async Task A_group_within_the_scope_waits_for_what_was_let_go()
    {
        var (before, after) = await RunAsync(
            Connection + """
            static class Program
            {
                static async Task Main()
                {
                    await PlaceAsync();
                    Console.WriteLine("placed");
                    await Work.WaitAsync(1);
                }

                static async Task PlaceAsync()
                {
                    using var connection = new Connection();
                    _ = connection.SendAsync("mail");
                    await Task.Yield();
                    Work.Open();
                }
            }
            """);
        Assert.Null(before.Failure);
        Assert.Equal(new[] { "mail starts", "mail ends", "disposed", "placed" }, after.Lines);
    }

    [Fact]
    public Task A_failure_that_was_lost_in_the_scope_comes_out() => BringsOut(
        "mail",
        Connection + """
        static class Program
        {
            static async Task Main()
            {
                using var connection = new Connection();
                var sent = connection.FailAsync("mail");
                await Task.Yield();
                Console.WriteLine("mailing");
            }
        }
        """);
}
