using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ScopedTasks.Analyzers.Flow.Graphs;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Flow.Graphs;

/// <summary>Whether a normal path leads from the marked place to a call of <c>Goal</c>, past no <c>Stop</c>.</summary>
public sealed class PathsBetweenTests
{
    [Theory]
    [InlineData("[|Start()|]; Goal();")]
    [InlineData("[|Start()|]; if (b) Stop(); Goal();")]
    [InlineData("[|Start()|]; if (b) { Goal(); } else { Stop(); }")]
    [InlineData("while (b) { Goal(); [|Start()|]; }")]
    [InlineData("while (b) { [|Start()|]; if (b) continue; Stop(); } Goal();")]
    [InlineData("try { [|Start()|]; } finally { Goal(); }")]
    [InlineData("try { [|Start()|]; if (b) return; } finally { Goal(); } Stop();")]
    [InlineData("try { try { [|Start()|]; } finally { } } finally { Goal(); }")]
    [InlineData("[|Start()|]; goto end; Stop(); end: Goal();")]
    [InlineData("[|Start()|]; switch (b) { case true: Stop(); break; default: Goal(); break; }")]
    [InlineData("[|Start()|]; using (F()) { Goal(); }")]
    [InlineData("_ = [|Start()|] + Goal();")]
    public void Finds_a_path(string body) => Assert.True(Leads(body));

    [Theory]
    [InlineData("Goal(); [|Start()|];")]
    [InlineData("[|Start()|]; Stop(); Goal();")]
    [InlineData("[|Start()|]; return; Goal();")]
    [InlineData("[|Start()|]; throw new Exception(); Goal();")]
    [InlineData("if (b) [|Start()|]; else Goal();")]
    [InlineData("[|Start()|]; if (b) Stop(); else Stop(); Goal();")]
    [InlineData("while (b) { Goal(); [|Start()|]; Stop(); }")]
    [InlineData("try { [|Start()|]; } finally { Stop(); } Goal();")]
    [InlineData("try { [|Start()|]; if (b) return; } finally { Stop(); Goal(); }")]
    [InlineData("try { [|Start()|]; } catch (Exception) { Goal(); }")]
    [InlineData("[|Start()|]; while (true) { }")]
    [InlineData("[|Start()|]; Action a = () => Goal();")]
    [InlineData("[|Start()|]; void Local() { Goal(); }")]
    public void Finds_no_path(string body) => Assert.False(Leads(body));

    [Fact]
    public void Leaves_the_starts_own_statement_first()
    {
        Assert.False(Leads("_ = [|Start()|] + Goal(); Stop();", own: true));
        Assert.True(Leads("_ = [|Start()|] + Goal(); Goal();", own: true));
        Assert.True(Leads("while (b) { _ = [|Start()|] + Goal(); }", own: true));
    }

    [Fact]
    public void Finds_nothing_in_a_function_beyond_its_budget()
    {
        var ifs = string.Concat(Enumerable.Repeat("if (b) Other();", 4_000));

        Assert.False(Leads($"[|Start()|]; {ifs} Goal();"));
    }

    [Fact]
    public void Comes_through_a_long_function()
    {
        var ifs = string.Concat(Enumerable.Repeat("if (b) Other();", 1_500));

        Assert.True(Leads($"[|Start()|]; {ifs} Goal();"));
    }

    private static bool Leads(string body, bool own = false)
    {
        var code = Compiled.Of(
            $$"""
            class C
            {
                int Start() => 1; int Goal() => 1; int Stop() => 1; int Other() => 1;
                IDisposable F() => null;
                void M(bool b) { {{body}} }
            }
            """);
        var graph = FunctionGraphs.Around(code.Model.GetOperation(code.Node)!)!;
        return new PathsBetween(graph, isStop: Calls("Stop"), isGoal: Calls("Goal")).FindFrom(
            operation => operation.Syntax == code.Node,
            own ? code.Node.FirstAncestorOrSelf<StatementSyntax>() : null) is not null;
    }

    private static Func<IOperation, bool> Calls(string name) =>
        operation => operation is IInvocationOperation call && call.TargetMethod.Name == name;
}
