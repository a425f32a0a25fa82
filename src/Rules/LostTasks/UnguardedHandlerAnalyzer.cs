using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports an asynchronous event handler whose exception nobody catches.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnguardedHandlerAnalyzer() : TaskFateAnalyzer(
    Descriptors.UnguardedHandler,
    OperationKind.MethodBody,
    OperationKind.LocalFunction,
    OperationKind.AnonymousFunction,
    OperationKind.MethodReference);
