using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports an asynchronous method or local function that returns nothing and could return a task.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer()
    : TaskFateAnalyzer(Descriptors.AsyncVoid, OperationKind.MethodBody, OperationKind.LocalFunction);
