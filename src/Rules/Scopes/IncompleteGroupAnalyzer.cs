using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.TaskGroups;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Scopes;

/// <summary>Reports a group in a local that a normal path leaves without completing it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IncompleteGroupAnalyzer() : ScopedTasksAnalyzer(Descriptors.IncompleteGroup)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (types.TaskGroup is null)
        {
            return;
        }

        var ends = GroupEnds.Of(context.Compilation);
        ReportAt(context, site => ends.Of(site.Operation, site.CancellationToken), OperationKind.Invocation);
    }
}
