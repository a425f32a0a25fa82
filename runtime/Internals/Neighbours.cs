namespace ScopedTasks;

/// <summary>The two beside an item of a <see cref="Line{T, TNeighbours}"/>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal struct Neighbours<T>
    where T : class
{
    /// <summary>Who came before.</summary>
    public T? Previous;

    /// <summary>Who came after.</summary>
    public T? Next;
}
