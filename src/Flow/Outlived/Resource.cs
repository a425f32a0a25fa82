namespace ScopedTasks.Analyzers.Flow.Outlived;

/// <summary>How a resource ends.</summary>
internal enum ResourceEnding
{
    /// <summary>Its scope disposes it, or a <c>finally</c> does.</summary>
    Disposed,

    /// <summary>It goes back to the pool, or the permit to the semaphore.</summary>
    GivenBack,

    /// <summary>The lock on it ends.</summary>
    Unlocked,

    /// <summary>Somebody else disposes it when the request, or the unit of work, is done.</summary>
    WithRequest,
}

/// <summary>Something that ends where the code around a start does.</summary>
/// <param name="Name">How messages name it.</param>
/// <param name="Symbol">The variable or member that holds it; null for what is in force without a name.</param>
/// <param name="Ending">How it ends.</param>
/// <param name="IsAmbient">It is in force for all that runs meanwhile, whether or not that names it.</param>
internal sealed record Resource(string Name, ISymbol? Symbol, ResourceEnding Ending, bool IsAmbient = false)
{
    /// <summary>The code that it ends with; null for what outlives the function.</summary>
    public IOperation? Scope { get; init; }
}

/// <summary>A resource that work outlives.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Returned">What is returned while the work runs; null where nobody gets its task.</param>
internal sealed record OutlivedResource(Resource Resource, IOperation? Returned = null);
