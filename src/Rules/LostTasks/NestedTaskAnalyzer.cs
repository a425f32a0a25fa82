using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports the task of a task whose inner one, the work itself, nobody waits for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestedTaskAnalyzer() : TaskFateAnalyzer(Descriptors.NestedTask, OperationKind.Invocation);
