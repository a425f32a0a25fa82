using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>Runs programs before and after one rule's fix.</summary>
public abstract class FixBehaviourTests<TAnalyzer, TFix> : BehaviourTests
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>What the programs are compiled with.</summary>
    private protected virtual Code Code { get; } = Code.Program;

    /// <summary>The program writes the same, in whatever order what runs at once comes, and ends well.</summary>
    private protected async Task Keeps(string program, params string[] written)
    {
        var (before, after) = await RunAsync(program);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.Equal(before.Lines.Order(), after.Lines.Order());
        foreach (var line in written)
            Assert.Contains(line, after.Lines);
    }

    /// <summary>A failure that got lost comes out of the program, and all other work ran.</summary>
    private protected async Task BringsOut(string failure, string program)
    {
        var (before, after) = await RunAsync(program);
        Assert.Null(before.Failure);
        Assert.Equal(failure, Assert.IsType<InvalidOperationException>(after.Failure).Message);
        Assert.Empty(before.Lines.Except(after.Lines));
    }

    /// <summary>The fixed program writes exactly this, in this order, and ends well.</summary>
    private protected async Task Orders(string program, params string[] lines)
    {
        var (before, after) = await RunAsync(program);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.NotEqual(lines, before.Lines);
        Assert.Equal(lines, after.Lines);
    }

    private protected async Task<(ProgramRun Before, ProgramRun After)> RunAsync(string program)
    {
        var bench = new Workbench([new TAnalyzer()], [new TFix()]);
        var solution = await bench.OpenAsync(Code, ("/0/Test0.cs", Work + program));
        var outcome = await bench.FixOneByOneAsync(solution, _ => true);
        Assert.NotEqual(0, outcome.Applied);
        return (await ProgramRun.OfAsync(solution), await ProgramRun.OfAsync(outcome.Solution));
    }
}
