using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Scopes;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Scopes;

/// <summary>SCOPE613: coroutines that go by real time, and their loop's clock.</summary>
public sealed class RealTimeInLoopTests : RuleTests<RealTimeInLoopAnalyzer, RealTimeInLoopFix>
{
    private const string Clock = "EventLoop.Current!.TimeProvider";

    [Fact]
    public Task Says_to_hand_over_the_clock() => Reports(
        Coroutine("await [|Task.Delay(1)|];"),
        "'Task.Delay' goes by real time, and the loop's clock knows nothing of it; "
        + "hand it the loop's 'TimeProvider'",
        Loop);

    [Fact]
    public Task Says_to_ask_the_clock() => Reports(
        Coroutine("Use([|DateTime.UtcNow|]);"),
        "'DateTime.UtcNow' goes by real time, and the loop's clock knows nothing of it; "
        + "ask the loop's 'TimeProvider'",
        Loop);

    [Theory]
    [InlineData("await [|Task.Delay(time)|]; await [|Task.Delay(time, token)|];")]
    [InlineData("using var source = [|new CancellationTokenSource(time)|];")]
    [InlineData("using var source = [|new CancellationTokenSource(1000)|];")]
    [InlineData("using var timer = [|new PeriodicTimer(time)|];")]
    [InlineData("await [|task.WaitAsync(time)|];")]
    [InlineData("Use([|DateTime.Now|]); Use([|DateTime.Today|]); Use([|DateTimeOffset.Now|].Ticks);")]
    [InlineData("Func<Coroutine> f = async () => await [|Task.Delay(1)|]; await f();")]
    public Task Reports_real_time(string statements) => Reports(Coroutine(statements), Loop);

    [Theory]
    [InlineData("await Task.Delay(time, " + Clock + ");")]
    [InlineData("using var source = new CancellationTokenSource(time, " + Clock + ");")]
    [InlineData("using var source = new CancellationTokenSource();")]
    [InlineData("await Task.Delay(Timeout.Infinite, token); await Task.Delay(0);")]
    [InlineData("await Task.Delay(Timeout.InfiniteTimeSpan, token);")]
    [InlineData("await task.WaitAsync(token);")]
    [InlineData("await Coroutine.Sleep(time);")]
    [InlineData("Use(new DateTime(2000, 1, 1)); Use(DateTime.MinValue);")]
    [InlineData("Func<Task> f = async () => await Task.Delay(1); await f();")]
    [InlineData("await Blocking.RunAsync(ct => Use(DateTime.Now));")]
    public Task Ignores_the_clock_of_the_loop_and_no_time_at_all(string statements) =>
        Ignores(Coroutine(statements), Loop);

    [Fact]
    public Task Ignores_code_that_is_no_coroutine() => Ignores("class C { async Task M() => await Task.Delay(1); }");

    [Theory]
    [InlineData("await [|Task.Delay(time)|];", "await Task.Delay(time, " + Clock + ");")]
    [InlineData(
        "await [|Task.Delay(10)|]; // soon",
        "await Task.Delay(TimeSpan.FromMilliseconds(10), " + Clock + "); // soon")]
    [InlineData("await [|Task.Delay(time, token)|];", "await Task.Delay(time, " + Clock + ", token);")]
    [InlineData("await [|task.WaitAsync(time)|];", "await task.WaitAsync(time, " + Clock + ");")]
    [InlineData("await [|task.WaitAsync(time, token)|];", "await task.WaitAsync(time, " + Clock + ", token);")]
    [InlineData(
        "using var source = [|new CancellationTokenSource(1000)|];",
        "using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(1000), " + Clock + ");")]
    [InlineData(
        "using var timer = [|new PeriodicTimer(time)|];", "using var timer = new PeriodicTimer(time, " + Clock + ");")]
    [InlineData("Use([|DateTime.UtcNow|]);", "Use(" + Clock + ".GetUtcNow().UtcDateTime);")]
    [InlineData("Use([|DateTime.Now|].Year);", "Use(" + Clock + ".GetUtcNow().LocalDateTime.Year);")]
    [InlineData("Use([|DateTimeOffset.UtcNow|]);", "Use(" + Clock + ".GetUtcNow());")]
    public Task Goes_by_the_clock_of_the_loop(string before, string after) =>
        Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Theory]
    [InlineData("await [|Task.Delay(delay: time)|];")]
    [InlineData("await [|Task.Delay(cancellationToken: token, delay: time)|];")]
    public Task Leaves_named_arguments_alone(string statements) => OffersNoFix(Coroutine(statements), code: Loop);

    private static Code Loop => Code.Default with { Sources = [("/0/Usings.cs", "global using ScopedTasks;")] };

    private static string Coroutine(string statements) =>
        $$"""
        class C
        {
            static void Use(object? value) { }
            async Coroutine M(TimeSpan time, Task task, CancellationToken token)
            {
                await Coroutine.Yield();
                {{statements}}
            }
        }
        """;
}
