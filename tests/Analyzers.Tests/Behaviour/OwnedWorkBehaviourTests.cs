using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after an object, or all callers, own the work that was let go.</summary>
public sealed class OwnedWorkBehaviourTests : BehaviourTests
{
    private const string Own = "Spawn it in a task group that";
    private const string Take = "Take a task group";

    private const string Mailer =
        """
        sealed class Mailer : IAsyncDisposable
        {
            public void Send(int id)
            {
                _ = Work.DoAsync("mail " + id);
            }

            public async ValueTask DisposeAsync()
            {
                await Task.Yield();
                Console.WriteLine("disposed");
            }
        }

        """;

    [Fact]
    public async Task An_object_ends_after_a_burst_of_its_work()
    {
        var (before, after) = await RunAsync(
            Own,
            Mailer.Replace("\"mail \" + id", "\"mail \" + id, CancellationToken.None") + """
            static class Program
            {
                static async Task Main()
                {
                    var mailer = new Mailer();
                    for (var i = 0; i < 50; i++) mailer.Send(i);
                    Work.Open();
                    await mailer.DisposeAsync();
                    Console.WriteLine("ended");
                    await Work.WaitAsync(50);
                }
            }
            """);

        Assert.Equal(before.Lines.Order(), after.Lines.Order());
        Assert.Equal(50, after.Lines.Count(line => line.EndsWith("ends", StringComparison.Ordinal)));
        Assert.Equal("ended", after.Lines[^1]);
    }

    [Fact]
    public async Task An_object_cancels_what_still_runs_when_it_ends()
    {
        var (before, after) = await RunAsync(
            Own,
            Mailer + """
            static class Program
            {
                static async Task Main()
                {
                    var mailer = new Mailer();
                    mailer.Send(1);
                    await mailer.DisposeAsync();
                    Console.WriteLine("ended");
                    Work.Open();
                    await Work.WaitAsync(1);
                }
            }
            """);

        Assert.Equal(["mail 1 starts", "disposed", "ended", "mail 1 ends"], before.Lines);
        Assert.Equal(["mail 1 starts", "disposed", "mail 1 is cancelled", "ended"], after.Lines);
    }

    [Fact]
    public async Task A_failure_of_what_an_object_owns_is_reported_and_stops_nothing()
    {
        var (before, after) = await RunAsync(
            Own,
            """
            sealed class Mailer : IAsyncDisposable
            {
                public void Send(int id)
                {
                    _ = SendAsync(id);
                }

                public async ValueTask DisposeAsync() { await Task.Yield(); }

                private static Task SendAsync(int id) => id == 1 ? Work.FailAsync("mail 1") : Work.DoAsync("mail " + id);
            }

            static class Program
            {
                static async Task Main()
                {
                    var mailer = new Mailer();
                    mailer.Send(1);
                    mailer.Send(2);
                    Work.Open();
                    await mailer.DisposeAsync();
                    await Work.WaitAsync(2);
                }
            }
            """);

        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.Contains("mail 2 ends", after.Lines);
        Assert.Contains(after.Lines.Except(before.Lines), line => line.Contains("mail 1"));
    }

    [Fact]
    public async Task What_can_be_started_again_ends_each_time()
    {
        var (before, after) = await RunAsync(
            Own,
            """
            sealed class Worker
            {
                public Task StartAsync(CancellationToken ct)
                {
                    _ = Work.DoAsync("work", ct);
                    return Task.CompletedTask;
                }

                public Task StopAsync(CancellationToken ct)
                {
                    Console.WriteLine("stopping");
                    return Task.CompletedTask;
                }
            }

            static class Program
            {
                static async Task Main()
                {
                    var worker = new Worker();
                    for (var i = 0; i < 2; i++)
                    {
                        await worker.StartAsync(default);
                        await worker.StopAsync(default);
                        Console.WriteLine("stopped");
                    }

                    Work.Open();
                    await Work.WaitAsync(2);
                }
            }
            """);

        string[] once = ["work starts", "stopping", "work is cancelled", "stopped"];
        Assert.Equal(4, before.Lines.Count(line => line is "stopped" or "work ends"));
        Assert.Equal([.. once, .. once], after.Lines);
    }

    [Fact]
    public async Task All_callers_wait_for_what_a_function_starts_in_their_group()
    {
        var (before, after) = await RunAsync(
            Take,
            """
            static class Program
            {
                static async Task Main()
                {
                    var placing = ScopedTasks.TaskGroup.RunAsync(async group =>
                    {
                        Notify(1);
                        Notify(2);
                        await Task.CompletedTask;
                    });
                    if (!placing.IsCompleted) Work.Open();
                    await placing;
                    Console.WriteLine("placed");
                    Work.Open();
                    await Work.WaitAsync(2);
                }

                private static void Notify(int id) { _ = Work.DoAsync("mail " + id); }
            }
            """);

        Assert.Equal("placed", before.Lines[2]);
        Assert.Equal("placed", after.Lines[^1]);
        Assert.Equal(before.Lines.Order(), after.Lines.Order());
    }

    [Fact]
    public Task A_failure_in_the_callers_group_comes_out() => BringsOut(
        "mail",
        Take,
        """
        static class Program
        {
            static async Task Main() => await ScopedTasks.TaskGroup.RunAsync(async group =>
            {
                Notify();
                Console.WriteLine("notified");
                await Work.WaitAsync(1);
            });

            private static void Notify() { _ = Work.FailAsync("mail"); }
        }
        """);

    [Fact]
    public async Task What_a_function_starts_is_cancelled_with_the_callers_group()
    {
        var (before, after) = await RunAsync(
            Take,
            """
            static class Program
            {
                static async Task Main()
                {
                    try
                    {
                        await ScopedTasks.TaskGroup.RunAsync(async group =>
                        {
                            Notify();
                            await Task.CompletedTask;
                            throw new InvalidOperationException("body");
                        });
                    }
                    catch (InvalidOperationException exception)
                    {
                        Console.WriteLine(exception.Message);
                    }

                    Work.Open();
                    await Work.WaitAsync(1);
                }

                private static void Notify() { _ = Work.DoAsync("mail"); }
            }
            """);

        Assert.Equal(["mail starts", "body", "mail ends"], before.Lines);
        Assert.Equal(["mail starts", "mail is cancelled", "body"], after.Lines);
    }

    [Fact]
    public async Task A_burst_stays_within_the_limit_of_the_callers_group()
    {
        var (before, after) = await RunAsync(
            Take,
            """
            static class Program
            {
                private static int _running;
                private static int _most;

                static async Task Main()
                {
                    var options = new ScopedTasks.TaskGroupOptions { MaxConcurrency = 2 };
                    await ScopedTasks.TaskGroup.RunAsync(async group =>
                    {
                        for (var i = 0; i < 9; i++) Notify(i);
                        Work.Open();
                        await Work.WaitAsync(9);
                    }, options);
                    Console.WriteLine("most " + _most);
                }

                private static void Notify(int id) { _ = CountAsync(id); }

                private static async Task CountAsync(int id)
                {
                    _most = Math.Max(_most, Interlocked.Increment(ref _running));
                    await Work.DoAsync("mail " + id);
                    Interlocked.Decrement(ref _running);
                }
            }
            """);

        Assert.Contains("most 9", before.Lines);
        Assert.Contains("most 2", after.Lines);
        Assert.Equal(9, after.Lines.Count(line => line.EndsWith("ends", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_burst_that_a_field_keeps_has_ended_when_its_object_ends()
    {
        var (_, after) = await RunAsync(
            "Await '_",
            """
            static class Program
            {
                static async Task Main()
                {
                    var worker = new Worker();
                    for (var i = 0; i < 50; i++) worker.Send(i);
                    Work.Open();
                    await worker.StopAsync();
                    Console.WriteLine("ended");
                    await Work.WaitAsync(50);
                }
            }

            sealed class Worker
            {
                private readonly List<Task> _work = new();

                public void Send(int id) { _work.Add(Work.DoAsync("mail " + id)); }

                public Task StopAsync() => Task.CompletedTask;
            }
            """);

        Assert.Equal("ended", after.Lines[^1]);
        Assert.Equal(50, after.Lines.Count(line => line.EndsWith("ends", StringComparison.Ordinal)));
    }
}
