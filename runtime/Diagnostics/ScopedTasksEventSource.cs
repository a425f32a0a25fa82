using System;
using System.Diagnostics.Tracing;

namespace ScopedTasks;

/// <summary>Decides what tools that listen to <c>ScopedTasks</c> are told.</summary>
[EventSource(Name = "ScopedTasks")]
internal sealed class ScopedTasksEventSource : EventSource
{
    public static readonly ScopedTasksEventSource Log = new();

    private ScopedTasksEventSource()
    {
    }

    /// <summary>A failure that no caller will get to see.</summary>
    [NonEvent]
    public void Unobserved(string? group, Exception exception)
    {
        if (IsEnabled(EventLevel.Error, EventKeywords.None))
            UnobservedFailure(group ?? "", exception.GetType().FullName ?? "", exception.Message);
    }

    /// <summary>A failure after the first one, which an await does not show.</summary>
    [NonEvent]
    public void Further(string? group, Exception exception)
    {
        if (IsEnabled(EventLevel.Warning, EventKeywords.None))
            FurtherFailure(group ?? "", exception.GetType().FullName ?? "", exception.Message);
    }

    /// <summary>A failure of a contender in a race that another one won.</summary>
    [NonEvent]
    public void Loser(Exception exception)
    {
        if (IsEnabled(EventLevel.Informational, EventKeywords.None))
            LoserFailure(exception.GetType().FullName ?? "", exception.Message);
    }

    [Event(1, Level = EventLevel.Error, Message = "Group '{0}': unobserved {1}: {2}")]
    private void UnobservedFailure(string group, string exceptionType, string message) =>
        WriteEvent(1, group, exceptionType, message);

    [Event(2, Level = EventLevel.Warning, Message = "Group '{0}': further failure {1}: {2}")]
    private void FurtherFailure(string group, string exceptionType, string message) =>
        WriteEvent(2, group, exceptionType, message);

    [Event(3, Level = EventLevel.Informational, Message = "A race was won; a loser failed with {0}: {1}")]
    private void LoserFailure(string exceptionType, string message) => WriteEvent(3, exceptionType, message);
}
