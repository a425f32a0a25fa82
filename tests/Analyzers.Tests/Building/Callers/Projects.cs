using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Building.Callers;

/// <summary>A solution of several projects, and what a fix writes in all of them.</summary>
internal sealed class Projects
{
    private readonly List<(string Name, Code Code, string[] References, (string Path, string Text)[] Files)> _all = [];

    /// <summary>One more project; a file of an earlier one is linked by its path.</summary>
    public Projects With(
        string name, string[] references, Code? code = null, params (string Path, string Text)[] files)
    {
        _all.Add((name, code ?? Code.Default, references, files));
        return this;
    }

    /// <summary>
    /// The plan is applied to the first report that has it; these files have these texts then, all others are as they
    /// were, and the whole solution compiles.
    /// </summary>
    public async Task Becomes<TAnalyzer, TFix>(string plan, params (string Path, string Text)[] changed)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var (before, outcome) = await ApplyAsync<TAnalyzer, TFix>(plan);
        Assert.Equal(1, outcome.Applied);
        var expected = await before.TextsAsync();
        foreach (var (path, text) in changed)
            expected[path] = text;

        // A file that has no line break yet gets the host's.
        var texts = await outcome.TextsAsync();
        Assert.Equal(expected, texts.ToDictionary(file => file.Key, file => file.Value.ReplaceLineEndings("\n")));
        Assert.Empty(outcome.Errors);
    }

    /// <summary>The mistake is reported, but the plan is not offered.</summary>
    public async Task Refuse<TAnalyzer, TFix>(string plan)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var (before, outcome) = await ApplyAsync<TAnalyzer, TFix>(plan);
        Assert.Equal(0, outcome.Applied);
        Assert.NotEmpty(before.Diagnostics.Select(diagnostic => diagnostic.Id)
            .Intersect(new TAnalyzer().SupportedDiagnostics.Select(rule => rule.Id)));
    }

    /// <summary>What a bulk run over the solution, asked for nothing, makes of the files.</summary>
    public async Task<Outcome> InBulkAsync<TAnalyzer, TFix>()
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var bench = new Workbench([new TAnalyzer()], [new TFix()]);
        return await bench.FixAllAsync(await OpenAsync(bench), FixAllScope.Solution);
    }

    private async Task<(Outcome Before, Outcome After)> ApplyAsync<TAnalyzer, TFix>(string plan)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var bench = new Workbench([new TAnalyzer()], [new TFix()]);
        var solution = await OpenAsync(bench);
        var before = new Outcome(solution, await bench.DiagnosticsOf(solution), 0);
        Assert.Empty(before.Errors);
        var key = new TAnalyzer().SupportedDiagnostics[0].Id;
        return (before, await bench.FixOneByOneAsync(
            solution,
            action => action.EquivalenceKey == $"{key}.{plan}"
                || (plan.Length == 0 && action.EquivalenceKey == key),
            limit: 1));
    }

    private async Task<Solution> OpenAsync(Workbench bench)
    {
        Solution? solution = null;
        foreach (var (name, code, references, files) in _all)
            solution = await bench.AddAsync(solution, name, code, references, files);

        return solution ?? throw new InvalidOperationException("There is no project.");
    }
}
