using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports a buffer between producer and consumer that has no bound.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedBufferAnalyzer() : ScopedTasksAnalyzer(Descriptors.UnboundedBuffer)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var buffers = UnboundedBuffers.Of(context.Compilation);
        ReportAt(context, site => buffers.Of(site.Operation), OperationKind.Invocation, OperationKind.ObjectCreation);
    }
}
