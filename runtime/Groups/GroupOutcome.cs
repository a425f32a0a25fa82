namespace ScopedTasks;

/// <summary>How a group ended, in the words of traces.</summary>
internal enum GroupOutcome
{
    Succeeded,
    Cancelled,
    Failed,
}
