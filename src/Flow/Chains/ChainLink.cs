namespace ScopedTasks.Analyzers.Flow.Chains;

/// <summary>One thing that a method does whenever it is called, and that may hold its thread.</summary>
/// <param name="Position">Where it stands in its file.</param>
/// <param name="Primitive">What blocks by itself; null for a call of another method.</param>
/// <param name="Callee">The method of the compilation that is called; null for what blocks by itself.</param>
internal sealed record ChainLink(int Position, string? Primitive, IMethodSymbol? Callee);
