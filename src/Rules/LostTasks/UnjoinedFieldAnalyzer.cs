using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Fields;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports a task that a type keeps in a field and none of its members waits for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnjoinedFieldAnalyzer() : ScopedTasksAnalyzer(Descriptors.UnjoinedField)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var fields = UnjoinedFields.Of(context.Compilation);
        context.RegisterSymbolStartAction(
            start =>
            {
                if (fields.Open((INamedTypeSymbol)start.Symbol) is not { } tasks)
                {
                    return;
                }

                start.RegisterOperationAction(
                    site => fields.Note(site.Operation, tasks),
                    OperationKind.FieldReference,
                    OperationKind.FieldInitializer);
                start.RegisterSymbolEndAction(end =>
                {
                    foreach (var finding in fields.FindingsOf(tasks, end.Options, end.CancellationToken))
                    {
                        end.ReportDiagnostic(finding.ToDiagnostic());
                    }
                });
            },
            SymbolKind.NamedType);
    }
}
