using System;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a race cancels its losers.</summary>
public sealed class AbandonedRaceBehaviourTests : FixBehaviourTests<AbandonedRaceAnalyzer, AbandonedRaceFix>
{
    [Fact]
    public async Task The_first_wins_and_the_loser_is_cancelled_and_awaited()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main() => Console.WriteLine(await PriceAsync(CancellationToken.None));

                static async Task<int> PriceAsync(CancellationToken ct)
                {
                    var first = await Task.WhenAny(FarAsync(ct), NearAsync(ct));
                    return await first;
                }

                static async Task<int> NearAsync(CancellationToken ct)
                {
                    await Task.Yield();
                    return 1;
                }

                static async Task<int> FarAsync(CancellationToken ct)
                {
                    await Work.DoAsync("far", ct);
                    return 2;
                }
            }
            """);
        Assert.Equal(new[] { "far starts", "1" }, before.Lines);
        Assert.Equal(new[] { "far starts", "far is cancelled", "1" }, after.Lines);
    }
}

/// <summary>What programs do before and after a timeout cancels the work.</summary>
public sealed class AbandonedTimeoutBehaviourTests
    : FixBehaviourTests<AbandonedTimeoutAnalyzer, AbandonedTimeoutFix>
{
    [Fact]
    public Task Work_that_is_done_in_time_gives_its_result() => Keeps(
        """
        static class Program
        {
            static async Task Main() => Console.WriteLine(await PriceAsync(CancellationToken.None));

            static async Task<int> PriceAsync(CancellationToken ct) =>
                await NumberAsync(ct).WaitAsync(TimeSpan.FromHours(1));

            static async Task<int> NumberAsync(CancellationToken ct)
            {
                await Task.Yield();
                return 5;
            }
        }
        """,
        "5");

    [Fact]
    public async Task Work_that_is_late_is_cancelled_and_awaited()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    try
                    {
                        await SendAsync(CancellationToken.None);
                    }
                    catch (TimeoutException)
                    {
                        Console.WriteLine("late");
                    }
                }

                static async Task SendAsync(CancellationToken ct) =>
                    await Work.DoAsync("mail", ct).WaitAsync(TimeSpan.FromMilliseconds(1));
            }
            """);
        Assert.Equal(new[] { "mail starts", "late" }, before.Lines);
        Assert.Equal(new[] { "mail starts", "mail is cancelled", "late" }, after.Lines);
    }
}

/// <summary>What programs do before and after the outer of two tasks is unwrapped.</summary>
public sealed class NestedTaskBehaviourTests : FixBehaviourTests<NestedTaskAnalyzer, NestedTaskFix>
{
    [Fact]
    public async Task Who_awaits_it_waits_for_the_work()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    await Task.Factory.StartNew(async () =>
                    {
                        for (var i = 0; i < 100; i++) await Task.Yield();
                        Console.WriteLine("mail ends");
                        ended.SetResult();
                    });
                    Console.WriteLine("goes on");
                    await ended.Task;
                }
            }
            """);
        Assert.Equal(new[] { "mail ends", "goes on" }, after.Lines);
        Assert.Equal(2, before.Lines.Length);
    }

    [Fact]
    public Task A_failure_of_the_work_comes_out() => BringsOut(
        "mail",
        """
        static class Program
        {
            static async Task Main()
            {
                await Task.Factory.StartNew(() => Work.FailAsync("mail"));
                Console.Write("");
            }
        }
        """);
}

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
