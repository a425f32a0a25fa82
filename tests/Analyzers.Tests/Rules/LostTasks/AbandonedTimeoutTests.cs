using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE108: work that goes on after its timeout.</summary>
public sealed class AbandonedTimeoutTests : RuleTests<AbandonedTimeoutAnalyzer>
{
    [Fact]
    public Task Says_what_waited() => Reports(
        Async("await [|SendAsync(1)|].WaitAsync(TimeSpan.FromSeconds(1));"),
        "'SendAsync' goes on after the timeout of 'WaitAsync', and nobody waits for it then; "
            + "'CancelScope.FailAfterAsync' cancels it and waits for it");

    [Fact]
    public Task Says_to_cancel_where_there_is_no_runtime() => Reports(
        Async("await Task.WhenAny([|SendAsync(1)|], Task.Delay(1000));"),
        "'SendAsync' goes on after the timeout of 'Task.WhenAny', and nobody waits for it then; "
            + "cancel it by a token, and await it",
        Code.WithoutRuntime);

    [Theory]
    [InlineData("await [|SendAsync(1)|].WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);")]
    [InlineData("await [|SendAsync(1)|].WaitAsync(TimeSpan.FromSeconds(1), ct);")]
    [InlineData("var price = await [|PriceAsync(1)|].WaitAsync(limit);")]
    [InlineData("await [|FlushAsync()|].AsTask().WaitAsync(limit);")]
    [InlineData("await [|_permits.WaitAsync()|].WaitAsync(limit);")]
    [InlineData("var sent = [|SendAsync(1)|]; await sent.WaitAsync(limit);")]
    [InlineData("var sent = [|SendAsync(1)|]; try { await sent.WaitAsync(limit); } catch (TimeoutException) { }")]
    [InlineData("await Task.WhenAny([|SendAsync(1)|], Task.Delay(1000));")]
    [InlineData("await Task.WhenAny(Task.Delay(1000), [|SendAsync(1)|]);")]
    [InlineData("await Task.WhenAny([|SendAsync(1)|], Task.Delay(limit, ct)).ConfigureAwait(false);")]
    [InlineData("var sent = [|SendAsync(1)|]; await Task.WhenAny(sent, Task.Delay(1000));")]
    [InlineData("var sent = [|SendAsync(1)|]; if (await Task.WhenAny(sent, Task.Delay(1000)) != sent) "
        + "throw new TimeoutException(); await sent;")]
    [InlineData("var sent = [|SendAsync(1)|]; if (await Task.WhenAny(sent, Task.Delay(1000)) == sent) "
        + "{ await sent; } else { throw new TimeoutException(); }")]
    [InlineData("var sent = [|SendAsync(1)|]; var late = Task.Delay(1000); var first = await Task.WhenAny(sent, late); "
        + "if (first == late) return; await sent;")]
    [InlineData("var sent = [|SendAsync(1)|]; await Task.WhenAny(sent, Task.Delay(1000)); "
        + "if (!sent.IsCompleted) { return; } await sent;")]
    [InlineData("var sent = [|SendAsync(1)|]; await Task.WhenAny(sent, Task.Delay(1000)); "
        + "if (sent.IsCompleted) { await sent; }")]
    [InlineData("var price = [|PriceAsync(1)|]; var first = await Task.WhenAny(price, Task.Delay(1000)); "
        + "var number = first == price ? await price : 0;")]
    [InlineData("foreach (var i in new[] { 1, 2 }) { var sent = [|SendAsync(i)|]; "
        + "if (await Task.WhenAny(sent, Task.Delay(1000)) != sent) continue; await sent; }")]
    public Task Reports_work_that_the_timeout_leaves_behind(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("var sent = SendAsync(1); if (await Task.WhenAny(sent, Task.Delay(1000)) != sent) "
        + "{ Console.WriteLine(); } await sent;")]
    [InlineData("var sent = SendAsync(1); await Task.WhenAny(sent, Task.Delay(1000)); await sent;")]
    [InlineData("var sent = SendAsync(1); try { await sent.WaitAsync(limit); } "
        + "catch (TimeoutException) { await sent; }")]
    [InlineData("var sent = SendAsync(1); while (await Task.WhenAny(sent, Task.Delay(1000)) != sent) "
        + "{ Console.WriteLine(); } await sent;")]
    [InlineData("var source = new CancellationTokenSource(); var sent = WorkAsync(source.Token); "
        + "if (await Task.WhenAny(sent, Task.Delay(1000)) != sent) { source.Cancel(); return; } await sent;")]
    [InlineData("var source = new CancellationTokenSource(); var sent = WorkAsync(source.Token); "
        + "try { Console.WriteLine(); } finally { source.Cancel(); } await sent.WaitAsync(limit);")]
    [InlineData("var sent = SendAsync(1); Register(sent); await Task.WhenAny(sent, Task.Delay(1000)); Register(sent);")]
    [InlineData("await Task.WhenAny(_kept, Task.Delay(1000));")]
    [InlineData("await _kept.WaitAsync(limit);")]
    [InlineData("await SendAsync(1).WaitAsync(ct);")]
    [InlineData("await SendAsync(1).WaitAsync(Timeout.InfiniteTimeSpan);")]
    [InlineData("await Task.WhenAny(SendAsync(1), Task.Delay(-1, ct));")]
    [InlineData("await Task.WhenAny(SendAsync(1), Task.Delay(Timeout.Infinite, ct));")]
    [InlineData("await Task.WhenAll(_kept, _kept).WaitAsync(limit);")]
    [InlineData("await Process.GetCurrentProcess().WaitForExitAsync().WaitAsync(limit);")]
    [InlineData("await _permits.WaitAsync(limit);")]
    [InlineData("await Task.WhenAny(WhenReadyAsync(), Task.Delay(1000));")]
    [InlineData("await Task.WhenAny(SendAsync(1), _kept, Task.Delay(1000));")]
    [InlineData("var source = new TaskCompletionSource(); await Task.WhenAny(source.Task, Task.Delay(1000));")]
    public Task Ignores_work_that_somebody_takes_care_of(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Ignores_a_test_that_must_not_hang() => Ignores(
        """
        class FactAttribute : Attribute { }

        class Shop
        {
            [Fact]
            public async Task Sends() => await SendAsync(1).WaitAsync(TimeSpan.FromSeconds(1));

            Task SendAsync(int order) => Task.Delay(order);
        }
        """);

    private static string Async(string statements) =>
        $$"""
        using System.Diagnostics;

        class Shop
        {
            private readonly SemaphoreSlim _permits = new(1);
            private readonly Task _kept = Task.Delay(1);

            async Task M(TimeSpan limit, CancellationToken ct)
            {
                {{statements}}
            }

            Task SendAsync(int order) => Task.Delay(order);
            Task WorkAsync(CancellationToken ct) => Task.Delay(1, ct);
            Task<int> PriceAsync(int order) => Task.Run(() => order);
            ValueTask FlushAsync() => default;
            Task WhenReadyAsync() => Task.Delay(1);
            void Register(Task task) { }
        }
        """;
}
