using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>The fix of SCOPE107: a race whose losers are cancelled and awaited.</summary>
public sealed class AbandonedRaceFixTests : RuleTests<AbandonedRaceAnalyzer, AbandonedRaceFix>
{
    private const string Raced =
        "await TaskGroup.RaceAsync(new Func<CancellationToken, Task<int>>[] "
            + "{ ct => NearAsync(1, ct), ct => FarAsync(2, ct) }, ct)";

    [Theory]
    [InlineData("return await await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, ct))|];", $"return {Raced};")]
    [InlineData("return await (await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, ct))|]); // first",
        $"return {Raced}; // first")]
    [InlineData(
        """
        var first = await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, ct))|];
                return await first;
        """,
        $"return {Raced};")]
    [InlineData(
        """
        var near = NearAsync(1, ct);
                var far = FarAsync(2, ct);
                var first = await [|Task.WhenAny(new[] { near, far })|];
                var price = await first;
                return price + 1;
        """,
        $"""
        var price = {Raced};
                return price + 1;
        """)]
    [InlineData(
        "return await await [|Task.WhenAny(NearAsync(1), FarAsync(2))|];",
        "return await TaskGroup.RaceAsync(new Func<CancellationToken, Task<int>>[] "
            + "{ ct1 => NearAsync(1, ct1), ct1 => FarAsync(2, ct1) });")]
    public Task Races_them(string before, string after) => Fixes(
        Async(before),
        Async(after, isFixed: true),
        title: "Race them (the first success wins, the others are cancelled)");

    [Theory]
    [InlineData("return await await [|Task.WhenAny(NearAsync(1, ct), PlainAsync(2))|];")]
    [InlineData("return await await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, other))|];")]
    [InlineData("await [|Task.WhenAny(SendAsync(1, ct), SendAsync(2, ct))|]; return 1;")]
    [InlineData("await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, ct))|]; return 1;")]
    [InlineData("var first = await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, ct))|]; Console.WriteLine(first.Id); "
        + "return await first;")]
    [InlineData("var near = NearAsync(1, ct); var far = FarAsync(2, ct); "
        + "return await [|Task.WhenAny(near, far)|] == near ? 1 : 2;")]
    [InlineData("var near = NearAsync(1, ct); Console.WriteLine(); return await await "
        + "[|Task.WhenAny(near, FarAsync(2, ct))|];")]
    [InlineData("return await await [|Task.WhenAny(new[] { 1, 2 }.Select(i => NearAsync(i, ct)))|];")]
    public Task Leaves_what_is_no_such_race(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Needs_the_runtime() => OffersNoFix(
        Async("return await await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, ct))|];"), code: Code.WithoutRuntime);

    private static string Async(string statements, bool isFixed = false) =>
        (isFixed ? "using ScopedTasks;\n\n" : "")
        + $$"""
        class Shop
        {
            async Task<int> M(CancellationToken ct, CancellationToken other)
            {
                {{statements}}
            }

            Task SendAsync(int order, CancellationToken ct) => Task.Delay(order, ct);
            Task<int> PlainAsync(int order) => Task.Run(() => order);
            Task<int> NearAsync(int order, CancellationToken ct = default) => Task.Run(() => order, ct);
            Task<int> FarAsync(int order, CancellationToken ct = default) => Task.Run(() => order, ct);
        }
        """;
}
