using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Rules.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Flow;

/// <summary>The choice of one rule per site, found again from its place, and its border with CS4014.</summary>
public class TaskFatesTests
{
    private static readonly AnalyzerOptions NoOptions = new(ImmutableArray<AdditionalText>.Empty);

    [Theory]
    [InlineData("void M() { [|F()|]; }", "SCOPE101")]
    [InlineData("void M() { [|F();|] }", "SCOPE101")]
    [InlineData("void M() { [|F().ConfigureAwait(false)|]; }", "SCOPE101")]
    [InlineData("void M(C c) { [|c?.F()|]; }", "SCOPE101")]
    [InlineData("void M(C c) { [|c?.F().ConfigureAwait(false)|]; }", "SCOPE101")]
    [InlineData("void M() { _ = [|F()|]; }", "SCOPE102")]
    [InlineData("void M() { [|_ = F()|]; }", "SCOPE102")]
    [InlineData("void M(bool b) { [|_ = b ? Task.CompletedTask : F()|]; }", "SCOPE102")]
    [InlineData("void M(bool b) { [|_ = b ? F() : Task.CompletedTask|]; }", "SCOPE102")]
    [InlineData("void M(int[] xs) { foreach (var x in xs) [|F()|]; }", "SCOPE401")]
    [InlineData("void M(int[] xs) { foreach (var x in xs) _ = [|F()|]; }", "SCOPE401")]
    [InlineData("async Task M(int[] xs) { foreach (var x in xs) [|F()|]; await F(); }", "SCOPE401")]
    [InlineData("Task M(int[] xs) => Task.WhenAll(xs.Select(x => [|F()|]));", "SCOPE402")]
    [InlineData("Task M(int[] xs) => Task.WhenAll(xs.Select([|async x => await F()|]));", "SCOPE402")]
    [InlineData("Task M(int[] xs) => Task.WhenAll(xs.Select([|G|]));", "SCOPE402")]
    public void Finds_the_rule_of_a_site(string member, string id)
    {
        var finding = At(member);

        Assert.NotNull(finding);
        Assert.Equal(id, finding.Rule.Id);
        Assert.False(finding.CompilerSpeaks);
    }

    [Theory]
    [InlineData("async Task M() { [|F()|]; await F(); }")]
    [InlineData("async Task M() { [|F().ConfigureAwait(false)|]; await F(); }")]
    [InlineData("async Task M() { [|Task.Run(() => { }).ContinueWith(_ => { })|]; await F(); }")]
    [InlineData("void M() { [|A()|]; }")]
    [InlineData("void M() => [|A()|];")]
    [InlineData("Action M() => () => [|A()|];")]
    public void Finds_what_the_compiler_speaks_of(string member)
    {
        var finding = At(member);

        Assert.NotNull(finding);
        Assert.Equal("SCOPE101", finding.Rule.Id);
        Assert.True(finding.CompilerSpeaks);
    }

    [Theory]
    [InlineData("async Task M() { await [|F()|]; }")]
    [InlineData("async Task M() { [|await F()|]; }")]
    [InlineData("Task M() => [|F()|];")]
    [InlineData("[|void M() { }|]")]
    [InlineData("int [|field|];")]
    [InlineData("void M() { [|var x = 1;|] }")]
    [InlineData("void M() { F([|missing|]); }")]
    [InlineData("void M() { [|Missing()|]; }")]
    [InlineData("void M() { [|this.|] }")]
    [InlineData("void M() { [|_ =|]; }")]
    [InlineData("void M() { foreach (var x in [|y|]) F( }")]
    public void Finds_nothing_where_nothing_is_wrong_or_nothing_compiles(string member) => Assert.Null(At(member));

    [Theory]
    [InlineData("async Task M() { F(); await F(); }")]
    [InlineData("async Task M() { F().ConfigureAwait(false); await F(); }")]
    [InlineData("async Task M() { Task.Delay(1).ContinueWith(_ => { }); V(); await F(); }")]
    [InlineData("async Task M(C c) { c?.F(); c?.F().ConfigureAwait(false); await F(); }")]
    [InlineData("async void M() { F(); await F(); }")]
    [InlineData("async Task M() { void L() => F(); L(); await F(); }")]
    [InlineData("async Task M() { void L() { F(); } L(); await F(); }")]
    [InlineData("async Task M() { Action a = () => F(); a(); await F(); }")]
    [InlineData("async Task M() { for (F(); ; F()) await F(); }")]
    [InlineData("void M() { F(); A(); V(); A().ConfigureAwait(false); }")]
    [InlineData("void M() => F();")]
    [InlineData("void M() => A();")]
    [InlineData("void M(C c) { c?.F(); c?.A(); }")]
    [InlineData("void M() { Action a = () => A(); Action b = () => F(); a(); b(); }")]
    [InlineData("void M() { Action a = () => { A(); F(); }; a(); }")]
    [InlineData("void M() { Each(x => A()); Each(x => F()); } void Each(Action<int> body) => body(1);")]
    [InlineData("int P { set => A(); } int Q { set => F(); }")]
    [InlineData("C() => A(); C(int x) => F();")]
    [InlineData("async Task M() { Func<Task> f = async () => { F(); await F(); }; await f(); }")]
    [InlineData("async IAsyncEnumerable<int> M() { F(); yield return 1; await F(); }")]
    [InlineData("async Task M() { Func<Task> d = F; d(); d?.Invoke(); await F(); }")]
    [InlineData("async Task M() { Action a = delegate { A(); F(); }; a(); await F(); }")]
    public async Task Speaks_of_every_dropped_task_exactly_where_the_compiler_does_not(string members)
    {
        var code = Compiled.Of(Wrap(members));
        var compiler = code.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Id == "CS4014")
            .Select(warning => warning.Location.SourceSpan).ToArray();
        var ours = (await code.Compilation.WithAnalyzers([new DroppedTaskAnalyzer()]).GetAnalyzerDiagnosticsAsync())
            .Select(report => report.Location.SourceSpan).ToArray();

        var dropped = (await Silenced(code).WithAnalyzers([new DroppedTaskAnalyzer()]).GetAnalyzerDiagnosticsAsync())
            .Select(report => report.Location.SourceSpan).ToArray();
        Assert.NotEmpty(dropped);
        Assert.All(dropped, span => Assert.True(
            ours.Contains(span) ^ compiler.Any(warning => warning.Contains(span)),
            $"{span} is said twice, or not at all"));
    }

    private static Compilation Silenced(Compiled code) =>
        code.Compilation.WithOptions(code.Compilation.Options.WithSpecificDiagnosticOptions(
            [new("CS4014", ReportDiagnostic.Suppress)]));

    private static Finding? At(string member)
    {
        var code = Compiled.Of(Wrap(member));
        return TaskFates.Of(code.Compilation, NoOptions).At(code.Node, code.Model, CancellationToken.None);
    }

    private static string Wrap(string member) =>
        $$"""
        class C
        {
            Task F() => Task.Delay(1);
            Task G(int x) => Task.Delay(x);
            ValueTask V() => default;
            async Task A() => await F();
            {{member}}
        }
        """;
}
