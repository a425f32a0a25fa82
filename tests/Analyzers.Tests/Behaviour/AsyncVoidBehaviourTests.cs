using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after an <c>async void</c> method returns a task.</summary>
public sealed class AsyncVoidBehaviourTests : FixBehaviourTests<AsyncVoidAnalyzer, AsyncVoidFix>
{
    [Fact]
    public async Task Who_calls_it_waits_for_it()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    Store();
                    Console.WriteLine("placed");
                    await Work.WaitAsync(1);
                }

                private static async void Store()
                {
                    for (var i = 0; i < 100; i++) await Task.Yield();
                    Work.Do("stored");
                }
            }
            """);
        Assert.Equal(["stored", "placed"], after.Lines);
        Assert.Equal(before.Lines.Order(), after.Lines.Order());
    }

    [Fact]
    public async Task A_failure_reaches_the_caller()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    SynchronizationContext.SetSynchronizationContext(new Context());
                    try
                    {
                        Store();
                        Console.WriteLine("placed");
                    }
                    catch (InvalidOperationException exception)
                    {
                        Console.WriteLine("caught " + exception.Message);
                    }

                    await Task.CompletedTask;
                }

                private static async void Store()
                {
                    await Task.CompletedTask;
                    throw new InvalidOperationException("disk");
                }
            }

            // What an async void method throws comes here.
            sealed class Context : SynchronizationContext
            {
                public override void Post(SendOrPostCallback callback, object state)
                {
                    try
                    {
                        callback(state);
                    }
                    catch (Exception exception)
                    {
                        Console.WriteLine("ends the process: " + exception.Message);
                    }
                }
            }
            """);
        Assert.Equal(["ends the process: disk", "placed"], before.Lines);
        Assert.Equal(["caught disk"], after.Lines);
    }

    [Fact]
    public async Task A_cancellation_reaches_the_caller()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    using var stop = new CancellationTokenSource();
                    SynchronizationContext.SetSynchronizationContext(new Context());
                    stop.Cancel();
                    try
                    {
                        Store(stop.Token);
                        Console.WriteLine("placed");
                    }
                    catch (OperationCanceledException)
                    {
                        Console.WriteLine("cancelled");
                    }

                    await Task.CompletedTask;
                }

                private static async void Store(CancellationToken ct) => await Work.DoAsync("store", ct);
            }

            // What an async void method throws comes here.
            sealed class Context : SynchronizationContext
            {
                public override void Post(SendOrPostCallback callback, object state)
                {
                    try
                    {
                        callback(state);
                    }
                    catch (OperationCanceledException)
                    {
                        Console.WriteLine("ends the process");
                    }
                }
            }
            """);
        Assert.Equal(["store starts", "store is cancelled", "ends the process", "placed"], before.Lines);
        Assert.Equal(["store starts", "store is cancelled", "cancelled"], after.Lines);
    }

    [Fact]
    public async Task A_burst_comes_one_after_the_other()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                private static int _running;
                private static int _most;

                static async Task Main()
                {
                    for (var i = 0; i < 20; i++)
                        Store(i);
                    await Work.WaitAsync(20);
                    Console.WriteLine("most " + _most);
                }

                private static async void Store(int id)
                {
                    _most = Math.Max(_most, Interlocked.Increment(ref _running));
                    if (id < 19) await Task.Yield();
                    Interlocked.Decrement(ref _running);
                    Work.Do("stored " + id);
                }
            }
            """);
        Assert.Equal(before.Lines.Where(line => line.StartsWith("stored")).Order(),
            after.Lines.Where(line => line.StartsWith("stored")).Order());
        Assert.Contains("most 1", after.Lines);
    }
}
