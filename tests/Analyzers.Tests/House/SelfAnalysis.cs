using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What our analyzers say of our own sources, with every rule switched on and our own configuration.</summary>
internal static class SelfAnalysis
{
    /// <summary>The reports on all our projects; to be run on the compiler that can read them.</summary>
    public static string[] OfOwnSources() => [.. OwnSources.All().SelectMany(Reports)];

    public static string[] Reports(Compilation compilation)
    {
        var configuration = new EditorConfig(Repository.Files("", ".editorconfig"));
        var options = compilation.Options
            .WithSyntaxTreeOptionsProvider(configuration)
            .WithSpecificDiagnosticOptions(ShippedRules.Implemented.ToImmutableDictionary(
                rule => rule.Id, rule => rule.DefaultSeverity.ToReport()));
        var analysis = compilation.WithOptions(options).WithAnalyzers(
            ShippedRules.Analyzers, new AnalyzerOptions([], configuration.ForAnalyzers));
        var reports = analysis.GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        return [.. OwnSources.Errors(compilation), .. reports.Select(report => report.ToString())];
    }

    private static ReportDiagnostic ToReport(this DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        _ => ReportDiagnostic.Info,
    };
}
