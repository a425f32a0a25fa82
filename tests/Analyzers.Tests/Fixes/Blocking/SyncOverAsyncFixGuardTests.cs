using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>Wrappers that leave, or fail, before they wait: each way out stays what it was.</summary>
public sealed class SyncOverAsyncFixGuardTests : RuleTests<SyncOverAsyncAnalyzer, SyncOverAsyncFix>
{
    private const string Plan = "MakeAsync";

    [Theory]
    [InlineData(
        "if (c is null) throw new ArgumentNullException(nameof(c)); return [|Load(c).Result|];",
        "if (c is null) throw new ArgumentNullException(nameof(c)); return await Load(c);")]
    [InlineData(
        "ArgumentNullException.ThrowIfNull(c); return [|Load(c).Result|];",
        "ArgumentNullException.ThrowIfNull(c); return await Load(c);")]
    [InlineData(
        "if (_done) return 1; return [|Load(c).Result|];",
        "if (_done) return 1; return await Load(c);")]
    [InlineData(
        "if (_done) { return 1; } else { return [|Load(c).GetAwaiter().GetResult()|]; }",
        "if (_done) { return 1; } else { return await Load(c); }")]
    [InlineData(
        "return _done ? 1 : [|Load(c).Result|];",
        "return _done ? 1 : await Load(c);")]
    [InlineData(
        "return c is null ? throw new ArgumentNullException(nameof(c)) : [|Load(c).Result|];",
        "return c is null ? throw new ArgumentNullException(nameof(c)) : await Load(c);")]
    [InlineData(
        "switch (_count) { case 0: return 0; default: return [|Load(c).Result|] + 1; }",
        "switch (_count) { case 0: return 0; default: return await Load(c) + 1; }")]
    [InlineData(
        "return _count switch { 0 => 0, _ => [|Load(c).Result|] };",
        "return _count switch { 0 => 0, _ => await Load(c) };")]
    [InlineData(
        "while (!_done) { if (_count > 1) return 2; _count += 1; } return [|Load(c).Result|];",
        "while (!_done) { if (_count > 1) return 2; _count += 1; } return await Load(c);")]
    public Task Every_way_out_of_a_wrapper_stays(string before, string after) =>
        Fixes(
            Class($"int M(C? c) {{ {before} }}", "M(null)"),
            Class($"async Task<int> M(C? c) {{ {after} }}", "await M(null)"),
            Plan,
            isChosen: true);

    [Theory]
    [InlineData(
        "void M(C? c) { if (c is null) return; [|Save().Wait()|]; }",
        "async Task M(C? c) { if (c is null) return; await Save(); }")]
    [InlineData(
        "void M(C? c) => [|Save().Wait()|];",
        "async Task M(C? c) => await Save();")]
    [InlineData(
        "int M(C? c) => _done ? 1 : [|Load(c).Result|];",
        "async Task<int> M(C? c) => _done ? 1 : await Load(c);")]
    public Task Every_form_of_a_wrapper_stays(string before, string after) =>
        Fixes(Class(before, "M(null)"), Class(after, "await M(null)"), Plan, isChosen: true);

    [Fact]
    public Task A_chain_is_awaited_where_there_is_something() =>
        Fixes(
            Class(
                """
                void M(C? c)
                    {
                        if (_done) return;
                        c?[|.Save().Wait()|];
                    }
                """,
                "M(null)"),
            Class(
                """
                async Task M(C? c)
                    {
                        if (_done) return;
                        if (c != null)
                        {
                            await c.Save();
                        }
                    }
                """,
                "await M(null)"),
            Plan,
            isChosen: true);

    [Theory]
    [InlineData("int M(C? c) { return c?[|.Load(c).Result|] ?? 0; }")]
    [InlineData("int? M(C? c) => c?[|.Load(c).Result|];")]
    [InlineData("void M(C? c) => c?.Next?[|.Save().Wait()|];")]
    public Task Refuses_where_a_way_out_would_change(string member) => OffersNoFix(Class(member, "M(null)"), Plan);

    private static string Class(string member, string call) =>
        $$"""
        class C
        {
            bool _done;
            int _count;
            C? Next => this;
            {{member}}
            async Task N() { {{call}}; await Task.Yield(); _done = _count > 0; _count = 1; }
            Task Save() => Task.Delay(1);
            Task<int> Load(C? c) => Task.FromResult(1);
        }
        """;
}
