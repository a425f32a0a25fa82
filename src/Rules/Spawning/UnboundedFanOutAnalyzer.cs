using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports one task per element of a source of unknown size, all started at once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedFanOutAnalyzer() : TaskFateAnalyzer(
    Descriptors.UnboundedFanOut,
    OperationKind.Invocation,
    OperationKind.AnonymousFunction,
    OperationKind.MethodReference);
