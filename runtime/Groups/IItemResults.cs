using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Takes what the work for each item came to.</summary>
internal interface IItemResults
{
    /// <summary>Called before an item is started, one item after another.</summary>
    /// <param name="index">The item's place in the sequence.</param>
    /// <param name="total">How many items there are, if that is known.</param>
    void MakeRoom(int index, int? total);

    /// <summary>Takes the result of a task that succeeded; on any thread, at the same time as others.</summary>
    void Set(int index, Task task);
}
