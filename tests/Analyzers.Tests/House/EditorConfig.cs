using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What <c>.editorconfig</c> files say of each source file: the severities of rules, and options.</summary>
internal sealed class EditorConfig(IEnumerable<SourceFile> files) : SyntaxTreeOptionsProvider
{
    private readonly AnalyzerConfigSet _configuration = AnalyzerConfigSet.Create(
        files.Select(file => AnalyzerConfig.Parse(file.Text, Absolute(file.Path))).ToArray());

    public AnalyzerConfigOptionsProvider ForAnalyzers => new Options(this);

    public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
        GeneratedKind.Unknown;

    public override bool TryGetDiagnosticValue(
        SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
        Of(tree).TreeOptions.TryGetValue(diagnosticId, out severity);

    public override bool TryGetGlobalDiagnosticValue(
        string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
    {
        severity = default;
        return false;
    }

    private AnalyzerConfigOptionsResult Of(SyntaxTree tree) =>
        _configuration.GetOptionsForSourcePath(Absolute(tree.FilePath));

    // Sections match below the folder of their file, so both paths need a root.
    private static string Absolute(string path) => "/" + path;

    private sealed class Options(EditorConfig configuration) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Values(ImmutableDictionary<string, string>.Empty);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) =>
            new Values(configuration.Of(tree).AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
    }
}
