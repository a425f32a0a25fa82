using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ScopedTasks.Analyzers.Tests.Verification.Specimens;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>Runs of fixes over whole solutions.</summary>
public sealed class WorkbenchTests
{
    private static readonly (string Path, string Text)[] Two =
    [
        ("/0/A.cs", "partial class C { void A() { Bad(); Bad(); } void Bad() { } void Good() { } void Fine() { } }"),
        ("/0/B.cs", "partial class C { void B() => Bad(); }"),
    ];

    [Fact]
    public async Task Reports_come_in_the_order_of_the_sources()
    {
        var bench = new Workbench([new GoodRule()], []);
        var diagnostics = await bench.DiagnosticsOf(await bench.OpenAsync(Code.Default, Two));
        Assert.Equal(
            ["/0/A.cs", "/0/A.cs", "/0/B.cs"],
            diagnostics.Select(diagnostic => diagnostic.Location.GetLineSpan().Path));
    }

    [Fact]
    public async Task The_compiler_is_heard_too()
    {
        var bench = new Workbench([], []);
        var diagnostics = await bench.DiagnosticsOf(
            await bench.OpenAsync(Code.Default, ("/0/A.cs", "class C { Unknown? _field; }")));
        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == "CS0246");
    }

    [Fact]
    public async Task Exceptions_of_analyzers_are_errors()
    {
        var bench = new Workbench([new ThrowingRule()], []);
        var outcome = await bench.FixOneByOneAsync(await bench.OpenAsync(Code.Default, Two));
        Assert.Contains(outcome.Errors, diagnostic => diagnostic.Id == "AD0001");
    }

    [Fact]
    public async Task Rules_that_are_off_are_switched_on()
    {
        var bench = new Workbench([new OptionalRule()], []);
        Assert.Equal(3, (await bench.DiagnosticsOf(await bench.OpenAsync(Code.Default, Two))).Length);
    }

    [Theory]
    [InlineData(FixAllScope.Document, 2)]
    [InlineData(FixAllScope.Project, 1)]
    [InlineData(FixAllScope.Solution, 1)]
    public async Task Bulk_runs_write_what_single_fixes_write(FixAllScope scope, int applied)
    {
        var bench = new Workbench([new GoodRule()], [new GoodFix()]);
        var solution = await bench.OpenAsync(Code.Default, Two);
        var single = await bench.FixOneByOneAsync(solution);
        var bulk = await bench.FixAllAsync(solution, scope);
        Assert.Equal(3, single.Applied);
        Assert.Equal(applied, bulk.Applied);
        Assert.Equal(await single.TextsAsync(), await bulk.TextsAsync());
        Assert.Contains("Good(); Good();", (await bulk.TextsAsync())["/0/A.cs"]);
        Assert.Empty(bulk.Diagnostics);
    }

    [Fact]
    public async Task Bulk_runs_that_forget_need_more_rounds()
    {
        var bench = new Workbench([new GoodRule()], [new PartialInDocumentFix()]);
        var solution = await bench.OpenAsync(Code.Default, Two[0]);
        var once = await bench.FixAllAsync(solution, FixAllScope.Document, rounds: 1);
        var often = await bench.FixAllAsync(solution, FixAllScope.Document);
        Assert.Single(once.Diagnostics);
        Assert.Empty(often.Diagnostics);
    }

    [Fact]
    public async Task Bulk_runs_take_a_plan_by_its_key()
    {
        var bench = new Workbench([new GoodRule()], [new GoodFix()]);
        var outcome = await bench.FixAllAsync(
            await bench.OpenAsync(Code.Default, Two),
            FixAllScope.Solution,
            "TST001.Fine");
        Assert.Contains("Fine(); Fine();", (await outcome.TextsAsync())["/0/A.cs"]);
    }

    [Fact]
    public async Task Actions_can_be_passed_by()
    {
        var bench = new Workbench([new GoodRule()], [new GoodFix()]);
        var solution = await bench.OpenAsync(Code.Default, Two);
        var outcome = await bench.FixOneByOneAsync(solution, action => action.EquivalenceKey == "Unknown");
        Assert.Equal(0, outcome.Applied);
    }

    [Fact]
    public async Task A_limit_ends_a_run()
    {
        var bench = new Workbench([new GoodRule()], [new GoodFix()]);
        var outcome = await bench.FixOneByOneAsync(await bench.OpenAsync(Code.Default, Two), limit: 1);
        Assert.Equal((1, 2), (outcome.Applied, outcome.Diagnostics.Length));
    }

    [Fact]
    public async Task What_a_fix_breaks_is_seen()
    {
        var bench = new Workbench([new GoodRule()], [new BreakingFix()]);
        var outcome = await bench.FixAllAsync(await bench.OpenAsync(Code.Default, Two), FixAllScope.Solution);
        Assert.All(outcome.Errors, diagnostic => Assert.Equal("CS0103", diagnostic.Id));
        Assert.Equal(3, outcome.Errors.Count());
    }
}
