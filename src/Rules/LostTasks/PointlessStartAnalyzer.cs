using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports work that is started on the thread pool only to be awaited at once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PointlessStartAnalyzer() : TaskFateAnalyzer(Descriptors.PointlessStart, OperationKind.Invocation);
