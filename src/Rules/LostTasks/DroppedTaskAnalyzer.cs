using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports a started task whose value is dropped where the compiler says nothing of it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedTaskAnalyzer() : TaskFateAnalyzer(Descriptors.DroppedTask, OperationKind.Invocation);
