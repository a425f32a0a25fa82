namespace ScopedTasks.Analyzers.Flow.Chains;

/// <summary>A call of a synchronous method in async code.</summary>
/// <param name="Callee">The method.</param>
/// <param name="Call">Where it is called.</param>
/// <param name="ContainingSymbol">The member that calls it.</param>
internal sealed record ChainSite(IMethodSymbol Callee, IInvocationOperation Call, ISymbol? ContainingSymbol);
