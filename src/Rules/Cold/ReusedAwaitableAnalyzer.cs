using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Repeats;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports the second use of an awaitable that may be used once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReusedAwaitableAnalyzer() : ScopedTasksAnalyzer(Descriptors.ReusedAwaitable)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var uses = SingleUses.Of(context.Compilation);
        ReportAt(
            context,
            site => uses.Of(site.Operation, site.CancellationToken),
            OperationKind.LocalReference,
            OperationKind.ParameterReference,
            OperationKind.SimpleAssignment);
    }
}
