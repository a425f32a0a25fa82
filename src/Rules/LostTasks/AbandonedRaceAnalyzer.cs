using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports a race whose losers run on, neither cancelled nor awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AbandonedRaceAnalyzer() : TaskFateAnalyzer(Descriptors.AbandonedRace, OperationKind.Invocation);
