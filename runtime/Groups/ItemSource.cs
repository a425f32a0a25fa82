using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides how the items of a sequence are taken, whatever kind of sequence it is.</summary>
internal static class ItemSource
{
    /// <summary>A collection is copied, as the work may change it; other sequences are taken item by item.</summary>
    public static Func<CancellationToken, ItemSource<T>> From<T>(IEnumerable<T> source) =>
        _ => source is ICollection<T> collection
            ? new CopiedItems<T>(collection)
            : new EnumeratedItems<T>(source.GetEnumerator());

    /// <summary>The enumerator gets the group's token.</summary>
    public static Func<CancellationToken, ItemSource<T>> From<T>(IAsyncEnumerable<T> source) =>
        token => new StreamedItems<T>(source.GetAsyncEnumerator(token));
}

/// <summary>Yields the items of a sequence.</summary>
internal abstract class ItemSource<T> : IAsyncDisposable
{
    /// <summary>The item that was taken last.</summary>
    public abstract T Current { get; }

    /// <summary>How many items there are in all, if that is known.</summary>
    public virtual int? Count => null;

    /// <summary>Takes the next item, if there is one.</summary>
    public abstract ValueTask<bool> MoveNextAsync();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => default;
}

/// <summary>The items that a collection had at the start.</summary>
internal sealed class CopiedItems<T> : ItemSource<T>
{
    private readonly T[] _items;
    private int _next;

    public CopiedItems(ICollection<T> source) =>
        _items = source switch
        {
            T[] array => (T[])array.Clone(),
            List<T> list => list.ToArray(),
            // By its enumerator: the count of a collection that other threads use may be wrong already.
            _ => [.. Each(source)],
        };

    /// <inheritdoc/>
    public override T Current => _items[_next - 1];

    /// <inheritdoc/>
    public override int? Count => _items.Length;

    /// <inheritdoc/>
    public override ValueTask<bool> MoveNextAsync() => new(_next < _items.Length && ++_next > 0);

    private static IEnumerable<T> Each(ICollection<T> source)
    {
        foreach (var item in source)
            yield return item;
    }
}

/// <summary>The items of a sequence that is enumerated on the way.</summary>
internal sealed class EnumeratedItems<T>(IEnumerator<T> source) : ItemSource<T>
{
    /// <inheritdoc/>
    public override T Current => source.Current;

    /// <inheritdoc/>
    public override ValueTask<bool> MoveNextAsync() => new(source.MoveNext());

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        source.Dispose();
        return default;
    }
}

/// <summary>The items of an asynchronous sequence.</summary>
internal sealed class StreamedItems<T>(IAsyncEnumerator<T> source) : ItemSource<T>
{
    /// <inheritdoc/>
    public override T Current => source.Current;

    /// <inheritdoc/>
    public override ValueTask<bool> MoveNextAsync() => source.MoveNextAsync();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
