using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports work that a loop starts on every iteration while nobody waits and nothing bounds it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SpawnInLoopAnalyzer() : TaskFateAnalyzer(Descriptors.SpawnInLoop, OperationKind.Invocation);
