namespace ScopedTasks;

/// <summary>Finds the neighbours of an item of a <see cref="Line{T, TNeighbours}"/>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal interface INeighbours<T>
    where T : class
{
    /// <summary>Where the item holds them.</summary>
    ref Neighbours<T> Of(T item);
}
