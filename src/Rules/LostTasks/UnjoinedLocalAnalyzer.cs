using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports a task that a local keeps and nobody waits for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnjoinedLocalAnalyzer() : TaskFateAnalyzer(Descriptors.UnjoinedLocal, OperationKind.Invocation);
