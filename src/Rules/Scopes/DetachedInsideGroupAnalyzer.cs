using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.Scopes;

/// <summary>Reports work that nobody waits for where a task group is in hand that would.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DetachedInsideGroupAnalyzer()
    : TaskFateAnalyzer(Descriptors.DetachedInsideGroup, OperationKind.Invocation);
