using System.Collections.Generic;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Internals;

/// <summary>The line in which waiters, operations and groups stand.</summary>
public sealed class LineTests
{
    private Line<Item, Item.Neighbourhood> _line;

    [Fact]
    public void Who_came_first_is_taken_first()
    {
        var items = Fill(3);
        Assert.Equal(items, TakeAll());
        Assert.Null(_line.Take());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void One_that_leaves_from_anywhere_is_missing_and_nobody_else(int index)
    {
        var items = Fill(3);
        Assert.True(_line.Remove(items[index]));
        Assert.Equal(2, _line.Count);
        var left = items[index];
        items.RemoveAt(index);
        _line.Add(left);
        items.Add(left);
        Assert.Equal(items, TakeAll());
    }

    [Fact]
    public void Leaving_twice_does_nothing()
    {
        var items = Fill(3);
        Assert.True(_line.Remove(items[1]));
        Assert.False(_line.Remove(items[1]));
        Assert.Equal(2, _line.Count);
        Assert.Equal([items[0], items[2]], TakeAll());
        Assert.False(_line.Remove(items[0]));
    }

    [Fact]
    public void The_only_one_may_leave_and_come_again()
    {
        var item = Fill(1)[0];
        Assert.True(_line.Remove(item));
        Assert.Equal((0, null), (_line.Count, _line.First));
        _line.Add(item);
        Assert.Equal((1, item), (_line.Count, _line.First));
    }

    [Fact]
    public void It_is_walked_in_its_order()
    {
        var items = Fill(4);
        var seen = new List<Item>();
        for (var item = _line.First; item is not null; item = Line<Item, Item.Neighbourhood>.After(item))
            seen.Add(item);
        Assert.Equal(items, seen);
    }

    private List<Item> Fill(int count)
    {
        var items = new List<Item>();
        for (var index = 0; index < count; index++)
        {
            items.Add(new Item());
            _line.Add(items[index]);
        }

        return items;
    }

    private List<Item> TakeAll()
    {
        var items = new List<Item>();
        while (_line.Take() is { } item)
            items.Add(item);
        return items;
    }

    private sealed class Item
    {
        private Neighbours<Item> _neighbours;

        public readonly struct Neighbourhood : INeighbours<Item>
        {
            public ref Neighbours<Item> Of(Item item) => ref item._neighbours;
        }
    }
}
