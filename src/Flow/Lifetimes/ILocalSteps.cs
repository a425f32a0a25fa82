namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides which locals are followed, and what each mention of one does with what it holds.</summary>
internal interface ILocalSteps
{
    bool Track(ITypeSymbol type);

    /// <summary>The step; null for what neither ends the life of what it holds nor lets somebody else do so.</summary>
    LocalStep? Of(ILocalReferenceOperation reference);
}
