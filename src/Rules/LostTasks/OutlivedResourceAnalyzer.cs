using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Rules.LostTasks;

/// <summary>Reports work that still runs when a resource that it uses has ended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OutlivedResourceAnalyzer()
    : TaskFateAnalyzer(Descriptors.OutlivedResource, OperationKind.Invocation);
