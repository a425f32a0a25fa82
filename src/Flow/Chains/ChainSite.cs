namespace ScopedTasks.Analyzers.Flow.Chains;

/// <summary>A call of a synchronous method in async code.</summary>
/// <param name="Callee">The method.</param>
/// <param name="Call">Where it is called.</param>
internal sealed record ChainSite(IMethodSymbol Callee, IOperation Call);
