using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Goes on when a task has ended: for those who ask what else waits for that task.</summary>
internal interface IJoin
{
    /// <summary>What ends no sooner than the task, because of this; null when nothing does.</summary>
    Task? Outcome { get; }
}
