namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>What one step of a function does with a local that holds tasks, or a group of them.</summary>
internal enum LocalStep
{
    /// <summary>The local gets another value; what it held before is out of reach.</summary>
    Assigned,

    /// <summary>A task is added to the collection, a child to the group, that the local holds.</summary>
    Added,

    /// <summary>It is awaited or completed, handed on, or looked at in a way that may wait for it.</summary>
    Touched,

    /// <summary>Something is awaited: an exception may leave here.</summary>
    Awaited,
}

/// <summary>One step, in the order in which a block runs them.</summary>
/// <param name="Step">What is done.</param>
/// <param name="Local">With which local; null for an await of something that no local holds.</param>
/// <param name="Operation">Where.</param>
internal readonly record struct LocalEvent(LocalStep Step, ILocalSymbol? Local, IOperation Operation);
