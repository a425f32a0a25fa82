namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>How the life of a task that a local holds may end without anybody having joined it.</summary>
internal enum LifetimeEnd
{
    /// <summary>It is joined or handed on on every path, or nothing can be said of it: rules stay silent.</summary>
    Handled,

    /// <summary>No path joins it.</summary>
    NeverJoined,

    /// <summary>The local gets another value while it runs.</summary>
    Overwritten,

    /// <summary>It is joined on one path and not on another.</summary>
    LostOnPath,

    /// <summary>Only the failure of another await keeps it from being joined.</summary>
    LostOnFailure,
}

/// <summary>What becomes, on all paths of its function, of a task that a local holds.</summary>
/// <param name="End">How its life may end.</param>
/// <param name="Where">
/// The assignment that overwrites it; the condition that chooses the path which loses it; the await whose failure does.
/// Null where no path joins it, or no condition chooses.
/// </param>
/// <param name="Holds">Whether the path that loses it is the one on which the condition holds.</param>
/// <param name="Sibling">The local whose task the await that may fail waits for; null for any other await.</param>
internal readonly record struct Lifetime(
    LifetimeEnd End,
    IOperation? Where = null,
    bool Holds = false,
    ILocalSymbol? Sibling = null)
{
    public static readonly Lifetime Handled = new(LifetimeEnd.Handled);
}
