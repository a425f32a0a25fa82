namespace ScopedTasks.Analyzers.Flow.Races;

/// <summary>One call of <c>Task.WhenAny</c>, and what takes part in it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Contenders">The tasks that are started in the same function: their calls.</param>
/// <param name="Holders">The local that keeps each of them; null for one that is started within the call.</param>
/// <param name="Timeouts">The delays that take part.</param>
/// <param name="HasOthers">Whether tasks from elsewhere take part, too: signals, fields.</param>
internal sealed record Race(
    IInvocationOperation Call,
    ImmutableArray<IInvocationOperation> Contenders,
    ImmutableArray<ILocalSymbol?> Holders,
    ImmutableArray<IOperation> Timeouts,
    bool HasOthers)
{
    /// <summary>Whether a single piece of work runs against the clock.</summary>
    public bool IsTimeout => Contenders.Length == 1 && Timeouts.Length == 1 && !HasOthers;
}
