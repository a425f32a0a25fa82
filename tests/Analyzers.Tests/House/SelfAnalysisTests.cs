using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Our analyzers have nothing to say of our own sources.</summary>
public class SelfAnalysisTests
{
    [Fact]
    public void Our_sources_are_silent() => Verdict.IsClean(LatestCompiler.Run(SelfAnalysis.OfOwnSources));

    [Fact]
    public void Reads_severities_and_options_of_the_section_that_matches()
    {
        var configuration = new EditorConfig(
        [
            new(".editorconfig", "root = true\n[*.cs]\nscoped_tasks.max_concurrency = 8\n"),
            new("tests/.editorconfig", "[*.cs]\ndotnet_diagnostic.SCOPE101.severity = none\n"),
        ]);
        var tree = CSharpSyntaxTree.ParseText("class A;", path: "tests/A.cs");
        var elsewhere = CSharpSyntaxTree.ParseText("class A;", path: "src/A.cs");

        Assert.True(configuration.TryGetDiagnosticValue(tree, "SCOPE101", CancellationToken.None, out var severity));
        Assert.Equal(ReportDiagnostic.Suppress, severity);
        Assert.False(configuration.TryGetDiagnosticValue(elsewhere, "SCOPE101", CancellationToken.None, out _));
        Assert.True(configuration.ForAnalyzers.GetOptions(elsewhere)
            .TryGetValue("scoped_tasks.max_concurrency", out var value));
        Assert.Equal("8", value);
    }
}
