using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>The fix of SCOPE108: a timeout that cancels the work.</summary>
public sealed class AbandonedTimeoutFixTests : RuleTests<AbandonedTimeoutAnalyzer, AbandonedTimeoutFix>
{
    [Theory]
    [InlineData(
        "await [|SendAsync(1, ct)|].WaitAsync(limit);",
        "await CancelScope.FailAfterAsync(limit, ct => SendAsync(1, ct), ct);")]
    [InlineData(
        "await [|SendAsync(1)|].WaitAsync(TimeSpan.FromSeconds(1));",
        "await CancelScope.FailAfterAsync(TimeSpan.FromSeconds(1), ct1 => SendAsync(1, ct1));")]
    [InlineData(
        "await [|SendAsync(1)|].WaitAsync(limit, ct).ConfigureAwait(false); // sent",
        "await CancelScope.FailAfterAsync(limit, ct => SendAsync(1, ct), ct).ConfigureAwait(false); // sent")]
    [InlineData(
        "await [|SendAsync(1, ct)|].WaitAsync(limit, ct);",
        "await CancelScope.FailAfterAsync(limit, ct => SendAsync(1, ct), ct);")]
    [InlineData(
        "return await [|PriceAsync(1, ct)|].WaitAsync(limit);",
        "return await CancelScope.FailAfterAsync(limit, ct => PriceAsync(1, ct), ct);")]
    [InlineData(
        "await [|FlushAsync(ct)|].AsTask().WaitAsync(limit);",
        "await CancelScope.FailAfterAsync(limit, ct => FlushAsync(ct).AsTask(), ct);")]
    [InlineData(
        """
        var price = [|PriceAsync(1, ct)|];
                if (await Task.WhenAny(price, Task.Delay(1000)) != price)
                {
                    throw new TimeoutException();
                }

                return await price;
        """,
        "return await CancelScope.FailAfterAsync(TimeSpan.FromMilliseconds(1000), ct => PriceAsync(1, ct), ct);")]
    [InlineData(
        """
        var sent = [|SendAsync(1, ct)|];
                if (await Task.WhenAny(sent, Task.Delay(limit, ct)) != sent) throw new TimeoutException();
                await sent;
        """,
        "await CancelScope.FailAfterAsync(limit, ct => SendAsync(1, ct), ct);")]
    public Task Lets_the_timeout_cancel_it(string before, string after) =>
        Fixes(Async(before), Async(after, isFixed: true), title: "Cancel it after the timeout, and wait for it");

    [Theory]
    [InlineData("await [|PlainAsync(1)|].WaitAsync(limit);")]
    [InlineData("await [|SendAsync(1, ct)|].WaitAsync(limit, other);")]
    [InlineData("await [|SendAsync(1, CancellationToken.None)|].WaitAsync(limit);")]
    [InlineData("var sent = [|SendAsync(1, ct)|]; if (await Task.WhenAny(sent, Task.Delay(1000)) != sent) "
        + "throw new InvalidOperationException(); await sent;")]
    [InlineData("var sent = [|SendAsync(1, ct)|]; if (await Task.WhenAny(sent, Task.Delay(1000)) != sent) "
        + "throw new TimeoutException(\"late\"); await sent;")]
    [InlineData("var sent = [|SendAsync(1, ct)|]; if (await Task.WhenAny(sent, Task.Delay(1000)) != sent) return 1; "
        + "await sent;")]
    [InlineData("await Task.WhenAny([|SendAsync(1, ct)|], Task.Delay(1000));")]
    [InlineData("var sent = [|SendAsync(1, ct)|]; await sent.WaitAsync(limit);")]
    public Task Leaves_what_has_no_such_timeout(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Needs_the_runtime() =>
        OffersNoFix(Async("await [|SendAsync(1, ct)|].WaitAsync(limit);"), code: Code.WithoutRuntime);

    private static string Async(string statements, bool isFixed = false) =>
        (isFixed ? "using ScopedTasks;\n\n" : "")
        + $$"""
        class Shop
        {
            async Task<int> M(TimeSpan limit, CancellationToken ct, CancellationToken other)
            {
                {{statements}}
                {{(statements.Contains("return await") ? "" : "return 0;")}}
            }

            Task PlainAsync(int order) => Task.Delay(order);
            Task SendAsync(int order, CancellationToken ct = default) => Task.Delay(order, ct);
            Task<int> PriceAsync(int order, CancellationToken ct) => Task.Run(() => order, ct);
            ValueTask FlushAsync(CancellationToken ct) => default;
        }
        """;
}
