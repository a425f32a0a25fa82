using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports a task that is awaited on one path and lost on another.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnjoinedPathAnalyzer() : TaskFateAnalyzer(Descriptors.UnjoinedPath, OperationKind.Invocation);
