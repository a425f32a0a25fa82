using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>The task that a group ends with.</summary>
internal interface IGroupCompletion
{
    /// <summary>Ends once the group has.</summary>
    Task Task { get; }

    /// <summary>How the group is about to end.</summary>
    GroupOutcome Foresee(TaskGroup group);

    /// <summary>Called once, when the body and all children have ended.</summary>
    void Conclude(TaskGroup group);
}
