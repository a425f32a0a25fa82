using System;
using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a loop takes tasks as they end.</summary>
public sealed class WhenAnyLoopBehaviourTests : FixBehaviourTests<WhenAnyLoopAnalyzer, WhenAnyLoopFix>
{
    private protected override Code Code { get; } = Code.Net100 with { Output = OutputKind.ConsoleApplication };

    [Fact]
    public Task Every_result_is_taken_once() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                var left = Enumerable.Range(1, 20).Select(NumberAsync).ToList();
                var sum = 0;
                while (left.Count > 0)
                {
                    var done = await Task.WhenAny(left);
                    left.Remove(done);
                    var number = await done;
                    Console.WriteLine("took " + number);
                    sum += number;
                }

                Console.WriteLine(sum);
            }

            static async Task<int> NumberAsync(int number)
            {
                await Task.Yield();
                return number;
            }
        }
        """,
        "took 1",
        "took 20",
        "210");

    [Fact]
    public async Task A_failure_comes_out_where_it_did()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var left = new List<Task> { Work.FailAsync("mail") };
                    while (left.Count > 0)
                    {
                        var done = await Task.WhenAny(left);
                        left.Remove(done);
                        await done;
                        Console.WriteLine("never");
                    }
                }
            }
            """);
        Assert.Equal("mail", before.Failure!.Message);
        Assert.Equal("mail", after.Failure!.Message);
        Assert.Empty(after.Lines);
    }
}

/// <summary>What programs do before and after work reads a copy of a loop's variable.</summary>
public sealed class CapturedLoopVariableBehaviourTests
    : FixBehaviourTests<CapturedLoopVariableAnalyzer, CapturedLoopVariableFix>
{
    [Fact]
    public async Task Each_piece_of_work_sees_its_own_round()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    var all = new List<Task>();
                    for (var i = 0; i < 4; i++)
                    {
                        all.Add(Task.Run(async () =>
                        {
                            await gate.Task;
                            Console.WriteLine("round " + i);
                        }));
                    }

                    gate.SetResult();
                    await Task.WhenAll(all);
                }
            }
            """);
        Assert.Equal(Enumerable.Repeat("round 4", 4), before.Lines);
        Assert.Equal(["round 0", "round 1", "round 2", "round 3"], after.Lines.Order());
    }

    [Fact]
    public async Task What_the_loop_changes_by_itself_is_copied_too()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    var all = new List<Task>();
                    var page = 0;
                    while (page < 3)
                    {
                        all.Add(Task.Run(async () =>
                        {
                            await gate.Task;
                            Console.WriteLine("page " + page);
                        }));
                        page++;
                    }

                    gate.SetResult();
                    await Task.WhenAll(all);
                }
            }
            """);
        Assert.Equal(Enumerable.Repeat("page 3", 3), before.Lines);
        Assert.Equal(["page 0", "page 1", "page 2"], after.Lines.Order());
    }
}

/// <summary>What programs do before and after a buffer gets a bound.</summary>
public sealed class UnboundedBufferBehaviourTests : FixBehaviourTests<UnboundedBufferAnalyzer, UnboundedBufferFix>
{
    private protected override Code Code { get; } =
        Code.Program with { EditorConfig = "dotnet_diagnostic.SCOPE409.severity = warning" };

    [Fact]
    public Task Everything_that_is_written_is_read() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                var channel = Channel.CreateUnbounded<int>();
                var writing = WriteAsync(channel.Writer);
                var sum = 0;
                await foreach (var number in channel.Reader.ReadAllAsync()) sum += number;
                await writing;
                Console.WriteLine(sum);
            }

            static async Task WriteAsync(ChannelWriter<int> writer)
            {
                for (var i = 0; i < 5000; i++) await writer.WriteAsync(i);
                writer.Complete();
            }
        }
        """,
        "12497500");

    [Fact]
    public async Task A_burst_waits_for_its_consumer()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var channel = Channel.CreateUnbounded<int>();
                    var writing = WriteAsync(channel.Writer);
                    Console.WriteLine("buffered " + channel.Reader.Count);
                    var sum = 0;
                    await foreach (var number in channel.Reader.ReadAllAsync()) sum += number;
                    await writing;
                    Console.WriteLine(sum);
                }

                static async Task WriteAsync(ChannelWriter<int> writer)
                {
                    for (var i = 0; i < 5000; i++) await writer.WriteAsync(i);
                    writer.Complete();
                }
            }
            """);
        Assert.Equal(["buffered 5000", "12497500"], before.Lines);
        Assert.Equal(["buffered 1000", "12497500"], after.Lines);
    }
}

/// <summary>What programs do before and after the ticks of a timer wait for one another.</summary>
public sealed class OverlappingTickBehaviourTests : FixBehaviourTests<OverlappingTickAnalyzer, OverlappingTickFix>
{
    [Fact]
    public async Task One_tick_at_a_time()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static int running;
                static int most;
                static int ended;

                static async Task Main()
                {
                    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
                    var stopping = StopAsync(timer);
                    while (await timer.WaitForNextTickAsync())
                    {
                        _ = RefreshAsync();
                    }

                    await stopping;
                    Console.WriteLine("at most " + most);
                }

                static async Task StopAsync(PeriodicTimer timer)
                {
                    while (Volatile.Read(ref ended) < 5) await Task.Yield();
                    timer.Dispose();
                }

                static async Task RefreshAsync()
                {
                    most = Math.Max(most, ++running);
                    await Task.Yield();
                    Console.WriteLine("refreshed");
                    running--;
                    ended++;
                }
            }
            """);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.True(after.Lines.Count(line => line == "refreshed") >= 5);
        Assert.Contains("at most 1", after.Lines);
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_the_others()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static int ticks;

                static async Task Main()
                {
                    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
                    var stopping = StopAsync(timer);
                    while (await timer.WaitForNextTickAsync())
                    {
                        _ = RefreshAsync();
                    }

                    await stopping;
                    Console.WriteLine("stopped");
                }

                static async Task StopAsync(PeriodicTimer timer)
                {
                    while (Volatile.Read(ref ticks) < 3) await Task.Yield();
                    timer.Dispose();
                }

                // The second divides by zero.
                static async Task RefreshAsync()
                {
                    var tick = ++ticks;
                    await Task.Yield();
                    Console.WriteLine("tick " + tick + " of " + 10 / (2 - tick));
                }
            }
            """);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.Empty(new[] { "stopped", "tick 1 of 10", "tick 3 of -10" }.Except(after.Lines));
    }
}

/// <summary>What programs do before and after an event waits for all of its handlers.</summary>
public sealed class MulticastAsyncEventBehaviourTests
    : FixBehaviourTests<MulticastAsyncEventAnalyzer, MulticastAsyncEventFix>
{
    [Fact]
    public Task Every_handler_runs() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                var shop = new Shop();
                shop.Closing += () => Work.DoAsync("first");
                shop.Closing += () => Work.DoAsync("second");
                await shop.CloseAsync();
                await Work.WaitAsync(2);
                await new Shop().CloseAsync();
            }
        }

        public class Shop
        {
            public event Func<Task> Closing;

            public async Task CloseAsync()
            {
                if (Closing != null)
                {
                    await Closing();
                }
            }
        }
        """,
        "first ends",
        "second ends");

    [Fact]
    public Task The_failure_of_the_first_handler_comes_out() => BringsOut(
        "first",
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                var shop = new Shop();
                shop.Closing += () => Work.FailAsync("first");
                shop.Closing += () => Work.DoAsync("second");
                await shop.CloseAsync();
                Console.Write("");
            }
        }

        public class Shop
        {
            public event Func<Task> Closing;

            public async Task CloseAsync()
            {
                if (Closing != null)
                {
                    await Closing();
                }
            }
        }
        """);

    [Fact]
    public async Task Who_raises_it_waits_for_the_first_handler()
    {
        var (_, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var shop = new Shop();
                    shop.Closing += async () =>
                    {
                        for (var i = 0; i < 100; i++) await Task.Yield();
                        Work.Do("first");
                    };
                    shop.Closing += () => Task.CompletedTask;
                    await shop.CloseAsync();
                    Console.WriteLine("closed");
                    await Work.WaitAsync(1);
                }
            }

            public class Shop
            {
                public event Func<Task> Closing;

                public async Task CloseAsync()
                {
                    if (Closing != null)
                    {
                        await Closing();
                    }
                }
            }
            """);
        Assert.Equal(["first", "closed"], after.Lines);
    }
}

/// <summary>What programs do before and after a handler catches and logs.</summary>
public sealed class UnguardedHandlerBehaviourTests
    : FixBehaviourTests<UnguardedHandlerAnalyzer, UnguardedHandlerFix>
{
    private const string Shop =
        """
        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { void Write(string text); }

            public static class LoggerExtensions
            {
                public static void LogError(this ILogger logger, Exception e, string text, params object[] args) =>
                    logger.Write("logged " + e.Message);
            }
        }

        namespace Shops
        {
            using Microsoft.Extensions.Logging;

            sealed class ConsoleLogger : ILogger { public void Write(string text) => Console.WriteLine(text); }

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

            class Window
            {
                private readonly ILogger _logger = new ConsoleLogger();

                public event EventHandler Saved;

                public Window() => Saved += OnSaved;

                public void Save() => Saved(this, EventArgs.Empty);

                private async void OnSaved(object sender, EventArgs e)
                {
                    Console.WriteLine("saving");
                    await StoreAsync();
                    Console.WriteLine("saved");
                }

                private async Task StoreAsync()
                {
                    await Task.CompletedTask;
                    if (Program.Fails) throw new InvalidOperationException("disk");
                }
            }
        }

        """;

    [Fact]
    public Task A_handler_that_succeeds_does_the_same() => Keeps(
        Shop + """
        static class Program
        {
            public const bool Fails = false;

            static void Main() => new Shops.Window().Save();
        }
        """,
        "saving",
        "saved");

    [Fact]
    public async Task A_failure_is_logged_and_ends_nothing()
    {
        var (before, after) = await RunAsync(
            Shop + """
            static class Program
            {
                public static bool Fails = true;

                static void Main()
                {
                    SynchronizationContext.SetSynchronizationContext(new Shops.Context());
                    new Shops.Window().Save();
                    Console.WriteLine("goes on");
                }
            }
            """);
        Assert.Equal(["saving", "ends the process: disk", "goes on"], before.Lines);
        Assert.Equal(["saving", "logged disk", "goes on"], after.Lines);
    }
}

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
