using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports an awaitable that is used as if it were its result.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskAsValueAnalyzer()
    : TaskFateAnalyzer(Descriptors.TaskAsValue, OperationKind.Invocation, OperationKind.LocalReference);
