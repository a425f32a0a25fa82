using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports a loop that takes one ended task after the other out of a collection.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WhenAnyLoopAnalyzer() : ScopedTasksAnalyzer(Descriptors.WhenAnyLoop)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var loops = WhenAnyLoops.Of(context.Compilation);
        ReportAt(context, site => loops.Of(site.Operation), OperationKind.Invocation);
    }
}
