using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE107: the losers of a race, neither cancelled nor awaited.</summary>
public sealed class AbandonedRaceTests : RuleTests<AbandonedRaceAnalyzer>
{
    [Fact]
    public Task Names_the_contenders() => Reports(
        Async("var first = await [|Task.WhenAny(NearAsync(ct), FarAsync(ct))|]; return await first;"),
        "The losers among 'NearAsync' and 'FarAsync' are neither cancelled nor awaited; "
            + "'TaskGroup.RaceAsync' cancels the losers and waits for them");

    [Fact]
    public Task Says_to_cancel_what_has_no_result() => Reports(
        Async("await [|Task.WhenAny(SendAsync(1), SendAsync(2))|]; return 1;"),
        "The losers among 'SendAsync' and 'SendAsync' are neither cancelled nor awaited; "
            + "cancel the rest by a token, and await it");

    [Theory]
    [InlineData("return await await [|Task.WhenAny(NearAsync(ct), FarAsync(ct))|];")]
    [InlineData("return await (await [|Task.WhenAny(new[] { NearAsync(ct), FarAsync(ct) })|].ConfigureAwait(false));")]
    [InlineData("var near = NearAsync(ct); var far = FarAsync(ct); var first = await [|Task.WhenAny(near, far)|]; "
        + "return await first;")]
    [InlineData("var near = NearAsync(ct); var far = FarAsync(ct); var first = await [|Task.WhenAny(near, far)|]; "
        + "if (first == near) { return await near; } return await far;")]
    [InlineData("var near = NearAsync(ct); var far = FarAsync(ct); return await [|Task.WhenAny(near, far)|] == near "
        + "? await near : await far;")]
    [InlineData("var first = await [|Task.WhenAny(NearAsync(ct), FarAsync(ct), NearAsync(ct))|]; return await first;")]
    [InlineData("var first = await [|Task.WhenAny(new[] { 1, 2 }.Select(i => PriceAsync(i)))|]; return await first;")]
    [InlineData("var all = new[] { 1, 2 }.Select(PriceAsync).ToList(); var first = await [|Task.WhenAny(all)|]; "
        + "return await first;")]
    [InlineData("while (true) { var first = await [|Task.WhenAny(NearAsync(ct), FarAsync(ct))|]; await first; }")]
    public Task Reports_losers_that_are_left_behind(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("var near = NearAsync(ct); var far = FarAsync(ct); var first = await Task.WhenAny(near, far); "
        + "await Task.WhenAll(near, far); return await first;")]
    [InlineData("var near = NearAsync(ct); var far = FarAsync(ct); await Task.WhenAny(near, far); "
        + "return await near + await far;")]
    [InlineData("using var source = new CancellationTokenSource(); var first = await Task.WhenAny("
        + "NearAsync(source.Token), FarAsync(source.Token)); source.Cancel(); return await first;")]
    [InlineData("var near = NearAsync(ct); var far = FarAsync(ct); while (true) { "
        + "if (await Task.WhenAny(near, far) == near) near = NearAsync(ct); else far = FarAsync(ct); }")]
    [InlineData("var all = new[] { 1, 2 }.Select(i => PriceAsync(i)).ToList(); await Task.WhenAny(all); "
        + "await Task.WhenAll(all); return 1;")]
    [InlineData("var all = new List<Task<int>> { NearAsync(ct), FarAsync(ct) }; while (all.Count > 0) { "
        + "var first = await Task.WhenAny(all); all.Remove(first); } return 1;")]
    [InlineData("return await await Task.WhenAny(NearAsync(ct), _kept);")]
    [InlineData("await Task.WhenAny(NearAsync(ct), Task.Delay(1000)); return 1;")]
    [InlineData("await Task.WhenAny(_kept, _kept); return 1;")]
    [InlineData("await Task.WhenAny(Task.WhenAll(_kept), Task.WhenAll(_kept)); return 1;")]
    [InlineData("var all = new[] { 1, 2 }.Select(i => i).ToList(); return all[0];")]
    public Task Ignores_losers_that_somebody_takes_care_of(string statements) => Ignores(Async(statements));

    private static string Async(string statements) =>
        $$"""
        class Shop
        {
            private readonly Task<int> _kept = Task.FromResult(1);

            async Task<int> M(CancellationToken ct)
            {
                {{statements}}
            }

            Task SendAsync(int order) => Task.Delay(order);
            Task<int> PriceAsync(int order) => Task.Run(() => order);
            Task<int> NearAsync(CancellationToken ct) => Task.Run(() => 1);
            Task<int> FarAsync(CancellationToken ct) => Task.Run(() => 2);
        }
        """;
}
