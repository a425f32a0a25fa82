using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports asynchronous work that is the body of a loop which takes a delegate and cannot wait.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncForEachAnalyzer() : TaskFateAnalyzer(
    Descriptors.AsyncForEach,
    OperationKind.Invocation,
    OperationKind.AnonymousFunction,
    OperationKind.MethodReference);
