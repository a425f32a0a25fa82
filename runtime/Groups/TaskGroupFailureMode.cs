namespace ScopedTasks;

/// <summary>Decides what the failure of one child does to the rest of its group.</summary>
/// <remarks>A failing body, and <see cref="TaskGroup.Fail"/>, cancel and fail the group in every mode.</remarks>
public enum TaskGroupFailureMode
{
    /// <summary>The first failure cancels the rest, and comes out of the group. The default.</summary>
    CancelSiblings,

    /// <summary>The rest goes on; everything that failed comes out of the group at its end.</summary>
    Collect,

    /// <summary>
    /// Each failure is reported at once through <see cref="TaskGroupOptions.OnUnobservedException"/>; nothing is
    /// cancelled, nothing is kept, and joining the group does not throw it again.
    /// </summary>
    Supervise,
}
