using System.Collections.Concurrent;

using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Configuration;

/// <summary>Reports every entry of .editorconfig that cannot be read, once per compilation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MalformedOptionAnalyzer() : ScopedTasksAnalyzer(Descriptors.MalformedOption)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reported = new ConcurrentDictionary<MalformedOption, bool>();
        context.RegisterSyntaxTreeAction(tree => ReportMalformed(tree, reported));
    }

    private void ReportMalformed(
        SyntaxTreeAnalysisContext context, ConcurrentDictionary<MalformedOption, bool> reported)
    {
        foreach (var entry in Options.Of(context.Options, context.Tree).Malformed)
        {
            if (reported.TryAdd(entry, true))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, Location.None, entry.Key, entry.Entry, entry.Right));
            }
        }
    }
}
