using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports work that multiplies with depth: a function that starts itself, a limit within a limit.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecursiveSpawnAnalyzer() : ScopedTasksAnalyzer(Descriptors.RecursiveSpawn)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var spawns = RecursiveSpawns.Of(context.Compilation);
        ReportAt(
            context,
            site => spawns.Of(site.Operation, site.ContainingSymbol),
            OperationKind.Invocation,
            OperationKind.MethodReference);
    }
}
