using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>
/// Reports a loop that does nothing but pause and ask whether something has changed; a test may ask as often as it
/// likes.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BusyWaitAnalyzer() : ScopedTasksAnalyzer(Descriptors.BusyWait)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var waits = BusyWaits.Of(context.Compilation);
        ReportAt(
            context,
            site => waits.Of(site.Operation) is { } finding && !TestMethods.IsTest(site.ContainingSymbol)
                ? finding
                : null,
            OperationKind.Loop);
    }
}
