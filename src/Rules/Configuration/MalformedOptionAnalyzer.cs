using System.Collections.Concurrent;

using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Configuration;

/// <summary>Reports every entry of .editorconfig that cannot be read, where it stands, once per compilation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MalformedOptionAnalyzer() : ScopedTasksAnalyzer(Descriptors.MalformedOption)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reported = new ConcurrentDictionary<(MalformedOption Entry, Location Place), bool>();
        var severities = context.Compilation.Options.SyntaxTreeOptionsProvider;
        context.RegisterSyntaxTreeAction(tree => ReportMalformed(tree, reported, severities));
    }

    private void ReportMalformed(
        SyntaxTreeAnalysisContext context,
        ConcurrentDictionary<(MalformedOption Entry, Location Place), bool> reported,
        SyntaxTreeOptionsProvider? severities)
    {
        foreach (var entry in Options.Of(context.Options, context.Tree).Malformed)
        {
            var place = ConfigFiles.Find(
                entry, context.Tree.FilePath, context.Options.AdditionalFiles, context.CancellationToken);
            if (SeverityFor(context, severities) is { } severity
                && reported.TryAdd((entry, place ?? Location.None), true))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule,
                    place ?? Location.None,
                    severity,
                    additionalLocations: null,
                    properties: null,
                    entry.Key,
                    place is null ? "the configuration" : $"'{NameOf(place)}'",
                    entry.Entry,
                    entry.Right));
            }
        }
    }

    // Only what stands in a source file gets the severity of its section from the compiler.
    private DiagnosticSeverity? SeverityFor(SyntaxTreeAnalysisContext context, SyntaxTreeOptionsProvider? severities) =>
        severities is not null
        && severities.TryGetDiagnosticValue(context.Tree, Rule.Id, context.CancellationToken, out var chosen)
            ? chosen switch
            {
                ReportDiagnostic.Error => DiagnosticSeverity.Error,
                ReportDiagnostic.Info => DiagnosticSeverity.Info,
                ReportDiagnostic.Hidden => DiagnosticSeverity.Hidden,
                ReportDiagnostic.Suppress => null,
                _ => Rule.DefaultSeverity,
            }
            : Rule.DefaultSeverity;

    private static string NameOf(Location place)
    {
        var path = place.GetLineSpan().Path;
        return path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
    }
}
