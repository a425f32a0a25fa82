using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after an object's end waits for the work that it keeps.</summary>
public sealed class EndBehaviourTests : BehaviourTests
{
    private const string Join = "Await '_";

    [Fact]
    public async Task The_end_waits_for_the_work()
    {
        var (before, after) = await RunAsync(
            Join,
            """
            static class Program
            {
                static async Task Main()
                {
                    var worker = new Worker();
                    var ending = worker.DisposeAsync();
                    Work.Open();
                    await ending;
                    Console.WriteLine("ended");
                    await Work.WaitAsync(1);
                }
            }

            sealed class Worker : IAsyncDisposable
            {
                private readonly Task _work;

                public Worker() { _work = Work.DoAsync("mail"); }

                public ValueTask DisposeAsync() => default;
            }
            """);

        Assert.Contains("mail ends", before.Lines);
        Assert.Equal(["mail starts", "mail ends", "ended"], after.Lines);
    }

    [Fact]
    public async Task A_failure_comes_out_of_the_end()
    {
        var (before, after) = await RunAsync(
            Join,
            """
            static class Program
            {
                static async Task Main()
                {
                    var worker = new Worker();
                    worker.Start();
                    await worker.StopAsync();
                }
            }

            sealed class Worker
            {
                private Task _work;

                public void Start() { _work = Work.FailAsync("mail"); }

                public async Task StopAsync() { await Task.Yield(); }
            }
            """);

        Assert.Null(before.Failure);
        Assert.Equal("mail", after.Failure?.Message);
    }

    [Fact]
    public async Task To_be_told_to_stop_is_no_failure()
    {
        var (before, after) = await RunAsync(
            Join,
            """
            static class Program
            {
                static async Task Main()
                {
                    var worker = new Worker();
                    await worker.DisposeAsync();
                    Console.WriteLine("ended");
                }
            }

            sealed class Worker : IAsyncDisposable
            {
                private readonly CancellationTokenSource _stop = new();
                private readonly Task _work;

                public Worker() { _work = Work.DoAsync("mail", _stop.Token); }

                public ValueTask DisposeAsync()
                {
                    _stop.Cancel();
                    _stop.Dispose();
                    return default;
                }
            }
            """);

        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.Equal(["mail starts", "mail is cancelled", "ended"], after.Lines);
    }

    [Fact]
    public async Task All_of_a_list_have_ended()
    {
        var (_, after) = await RunAsync(
            Join,
            """
            static class Program
            {
                static async Task Main()
                {
                    var worker = new Worker();
                    worker.Send(1);
                    worker.Send(2);
                    var ending = worker.StopAsync();
                    Work.Open();
                    await ending;
                    Console.WriteLine("ended");
                    await Work.WaitAsync(2);
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
        Assert.Contains("mail 1 ends", after.Lines);
        Assert.Contains("mail 2 ends", after.Lines);
    }
}
