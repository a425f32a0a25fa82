namespace ScopedTasks;

/// <summary>
/// Keeps items in the order in which they came; each holds its neighbours, so that standing in it allocates nothing,
/// and leaving it from the middle costs as much as from the end.
/// </summary>
/// <remarks>
/// It is a field: a copy would be another line of the same items. An item stands in one line at a time.
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TNeighbours">
/// Finds the neighbours in an item; a struct, so that asking it costs no call.
/// </typeparam>
internal struct Line<T, TNeighbours>
    where T : class
    where TNeighbours : struct, INeighbours<T>
{
    private T? _last;

    /// <summary>The one that came first.</summary>
    public T? First { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The one that came after another.</summary>
    public static T? After(T item) => Of(item).Next;

    /// <summary>Adds one at the end.</summary>
    public void Add(T item)
    {
        Of(item).Previous = _last;
        if (_last is null)
            First = item;
        else
            Of(_last).Next = item;
        _last = item;
        Count++;
    }

    /// <summary>Takes the one that came first.</summary>
    public T? Take()
    {
        var item = First;
        if (item is not null)
            Remove(item);
        return item;
    }

    /// <summary>Takes one out, wherever it stands.</summary>
    /// <returns>Whether it stood here.</returns>
    public bool Remove(T item)
    {
        ref var neighbours = ref Of(item);
        var (previous, next) = (neighbours.Previous, neighbours.Next);
        if (previous is null && First != item)
            return false;
        if (previous is null)
            First = next;
        else
            Of(previous).Next = next;
        if (next is null)
            _last = previous;
        else
            Of(next).Previous = previous;
        neighbours = default;
        Count--;
        return true;
    }

    private static ref Neighbours<T> Of(T item) => ref default(TNeighbours).Of(item);
}
