using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports work that runs on, unowned, after a timeout that only ended the wait for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AbandonedTimeoutAnalyzer()
    : TaskFateAnalyzer(Descriptors.AbandonedTimeout, OperationKind.Invocation);
