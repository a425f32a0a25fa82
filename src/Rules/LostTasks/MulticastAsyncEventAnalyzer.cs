using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports an event that is raised for all its subscribers and waits for the last one alone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MulticastAsyncEventAnalyzer()
    : TaskFateAnalyzer(Descriptors.MulticastAsyncEvent, OperationKind.Invocation);
