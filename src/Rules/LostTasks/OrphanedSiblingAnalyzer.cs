using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports a task that the failure of another, awaited before it, would orphan.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrphanedSiblingAnalyzer() : TaskFateAnalyzer(Descriptors.OrphanedSibling, OperationKind.Invocation);
