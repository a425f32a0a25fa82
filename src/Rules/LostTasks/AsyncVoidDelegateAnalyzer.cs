using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports an asynchronous function that becomes a delegate whose caller has nothing to wait for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidDelegateAnalyzer()
    : TaskFateAnalyzer(Descriptors.AsyncVoidDelegate, OperationKind.AnonymousFunction, OperationKind.MethodReference);
