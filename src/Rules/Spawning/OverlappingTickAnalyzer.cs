using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports work that a tick starts while the last one's may still run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OverlappingTickAnalyzer() : TaskFateAnalyzer(
    Descriptors.OverlappingTick,
    OperationKind.Invocation,
    OperationKind.AnonymousFunction,
    OperationKind.MethodReference);
