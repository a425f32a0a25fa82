using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports work that is started and let go on purpose: a discard, the pool's queue, a thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DiscardedTaskAnalyzer() : TaskFateAnalyzer(Descriptors.DiscardedTask, OperationKind.Invocation);
