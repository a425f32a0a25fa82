using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Tells what a child of a <see cref="TaskGroup"/> was doing when it was asked.</summary>
/// <remarks>A snapshot: it does not change when the child does, and does not keep it alive.</remarks>
public sealed class ChildTaskInfo
{
    internal ChildTaskInfo(string? name, TaskStatus status, DateTimeOffset? startedAt)
    {
        Name = name;
        Status = status;
        StartedAt = startedAt;
    }

    /// <summary>
    /// The name that it was given; else that of its method, for a lambda the method it is written in; null for a
    /// tracked task without a name.
    /// </summary>
    public string? Name { get; }

    /// <summary>
    /// The status of its task: <see cref="TaskStatus.WaitingForActivation"/> for an async method that runs, and
    /// <see cref="TaskStatus.WaitingToRun"/> for a child that is queued.
    /// </summary>
    public TaskStatus Status { get; }

    /// <summary>
    /// When it was started, in UTC by the group's clock (by the system's up to some 20 ms early); null while it is
    /// queued.
    /// </summary>
    public DateTimeOffset? StartedAt { get; }

    /// <summary>Tells all of it.</summary>
    /// <returns>Name, status and start.</returns>
    public override string ToString() =>
        (Name is null ? "(unnamed)" : $"'{Name}'")
        + (StartedAt is { } start ? $": {Status} since {start:O}" : ": queued");
}
