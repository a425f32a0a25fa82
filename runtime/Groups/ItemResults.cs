using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Keeps results in the order of their items, in whichever order they come, without a lock.</summary>
/// <remarks>
/// The feeder makes room for an item before it starts it; room that was made never moves, so that items may end on
/// any thread meanwhile.
/// </remarks>
internal sealed class ItemResults<T> : IItemResults
{
    private const int FirstRoom = 16;

    private volatile T[][] _rooms = [];
    private int _capacity;
    private int _count;

    /// <inheritdoc/>
    public void MakeRoom(int index, int? total)
    {
        _count = index + 1;
        if (index < _capacity)
            return;
        var room = new T[total ?? (_capacity == 0 ? FirstRoom : _capacity)];
        _capacity += room.Length;
        _rooms = [.. _rooms, room];
    }

    /// <inheritdoc/>
    public void Set(int index, Task task)
    {
        var room = 0;
        var rooms = _rooms;
        for (; index >= rooms[room].Length; room++)
            index -= rooms[room].Length;
        rooms[room][index] = ((Task<T>)task).Result;
    }

    /// <summary>The results of all items, once all have succeeded.</summary>
    public T[] ToArray() =>
        _rooms.Length == 1 && _count == _capacity ? _rooms[0] : [.. AllRooms().Take(_count)];

    private IEnumerable<T> AllRooms() => _rooms.SelectMany(room => room);
}
