using System;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Decides what tools that listen to <c>ScopedTasks</c> are told.</summary>
/// <remarks>
/// Errors are failures that nobody else gets to see, warnings what looks wrong, informational events other failures,
/// verbose ones the life of every group and child. A group is told by a number, as names need not be unique.
/// </remarks>
[EventSource(Name = "ScopedTasks")]
internal sealed class ScopedTasksEventSource : EventSource
{
    public static readonly ScopedTasksEventSource Log = new();

#if NET
    private DiagnosticCounter[]? _counters;
#endif

    private ScopedTasksEventSource()
    {
    }

    /// <summary>Whether somebody wants to know of children that hang.</summary>
    public bool WantsStuckChildren => IsEnabled(EventLevel.Warning, Keywords.Failures);

    /// <summary>A failure that no caller will get to see.</summary>
    [NonEvent]
    public void Unobserved(string? group, Exception exception)
    {
        if (IsEnabled(EventLevel.Error, Keywords.Failures))
            UnobservedFailure(group ?? "", exception.GetType().FullName ?? "", exception.Message);
    }

    /// <summary>A failure after the first one, which an await does not show.</summary>
    [NonEvent]
    public void Further(string? group, Exception exception)
    {
        if (IsEnabled(EventLevel.Warning, Keywords.Failures))
            FurtherFailure(group ?? "", exception.GetType().FullName ?? "", exception.Message);
    }

    /// <summary>A failure of a contender in a race that another one won.</summary>
    [NonEvent]
    public void Loser(Exception exception)
    {
        if (IsEnabled(EventLevel.Informational, Keywords.Failures))
            LoserFailure(exception.GetType().FullName ?? "", exception.Message);
    }

    /// <summary>What looks wrong on an event loop.</summary>
    [NonEvent]
    public void Warn(string text)
    {
        if (IsEnabled(EventLevel.Warning, Keywords.Failures))
            LoopWarning(text);
    }

    /// <summary>A group that was opened.</summary>
    [NonEvent]
    public void Opened(TaskGroup group)
    {
        if (IsEnabled(EventLevel.Verbose, Keywords.Groups))
            GroupOpened(Id(group), group.Name ?? "", group.Parent is { } parent ? Id(parent) : 0);
    }

    /// <summary>A group that has ended.</summary>
    [NonEvent]
    public void Ended(TaskGroup group, GroupOutcome outcome)
    {
        if (IsEnabled(EventLevel.Verbose, Keywords.Groups))
            GroupEnded(Id(group), group.Name ?? "", outcome.ToString());
    }

    /// <summary>A child that starts.</summary>
    [NonEvent]
    public void Started(TaskGroup group, object? label)
    {
        if (IsEnabled(EventLevel.Verbose, Keywords.Children))
            ChildStarted(Id(group), group.Name ?? "", ChildNames.Of(label) ?? "");
    }

    /// <summary>A failure of a child, the body, a service or a resource.</summary>
    [NonEvent]
    public void Failed(TaskGroup group, object? label, Exception exception)
    {
        if (!IsEnabled(EventLevel.Informational, Keywords.Failures))
            return;
        var (name, type) = (ChildNames.Of(label) ?? "", exception.GetType().FullName ?? "");
        ChildFailed(Id(group), group.Name ?? "", name, type, exception.Message);
    }

    /// <summary>A child that runs on in a cancelled group.</summary>
    [NonEvent]
    public void Stuck(TaskGroup group, string? child, TimeSpan age) =>
        ChildStuck(Id(group), group.Name ?? "", child ?? "", age.TotalSeconds);

#if NET
    /// <inheritdoc/>
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command == EventCommand.Enable)
            _counters ??= MakeCounters();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var counter in _counters ?? [])
            counter.Dispose();
        base.Dispose(disposing);
    }

    private DiagnosticCounter[] MakeCounters() =>
    [
        new PollingCounter("groups", this, static () => GroupTotals.Now().Groups)
        {
            DisplayName = "Groups",
        },
        new PollingCounter("running-children", this, static () => GroupTotals.Now().Running)
        {
            DisplayName = "Running Children",
        },
        new PollingCounter("queued-children", this, static () => GroupTotals.Now().Queued)
        {
            DisplayName = "Queued Children",
        },
        new PollingCounter("loop-tasks", this, static () => LiveLoops.Load().Tasks)
        {
            DisplayName = "Coroutines on Event Loops",
        },
        new PollingCounter("loop-run-queue", this, static () => LiveLoops.Load().Runnable)
        {
            DisplayName = "Run Queue of Event Loops",
        },
        new PollingCounter("total-failures", this, static () => LiveGroups.FailureCount)
        {
            DisplayName = "Total Failures",
        },
        new IncrementingPollingCounter("failures", this, static () => LiveGroups.FailureCount)
        {
            DisplayName = "Failures",
        },
        new IncrementingPollingCounter("groups-opened", this, static () => LiveGroups.OpenedCount)
        {
            DisplayName = "Groups Opened",
        },
    ];
#endif

    private static int Id(TaskGroup group) => RuntimeHelpers.GetHashCode(group);

    [Event(1, Level = EventLevel.Error, Keywords = Keywords.Failures, Message = "Group '{0}': unobserved {1}: {2}")]
    private void UnobservedFailure(string group, string exceptionType, string message) =>
        WriteEvent(1, group, exceptionType, message);

    [Event(
        2,
        Level = EventLevel.Warning,
        Keywords = Keywords.Failures,
        Message = "Group '{0}': further failure {1}: {2}")]
    private void FurtherFailure(string group, string exceptionType, string message) =>
        WriteEvent(2, group, exceptionType, message);

    [Event(
        3,
        Level = EventLevel.Informational,
        Keywords = Keywords.Failures,
        Message = "A race was won; a loser failed with {0}: {1}")]
    private void LoserFailure(string exceptionType, string message) => WriteEvent(3, exceptionType, message);

    [Event(4, Level = EventLevel.Verbose, Keywords = Keywords.Groups, Message = "Group {0} '{1}' opened in {2}")]
    private void GroupOpened(int groupId, string group, int parentId) => WriteEvent(4, groupId, group, parentId);

    [Event(5, Level = EventLevel.Verbose, Keywords = Keywords.Groups, Message = "Group {0} '{1}' ended: {2}")]
    private void GroupEnded(int groupId, string group, string outcome) => WriteEvent(5, groupId, group, outcome);

    [Event(
        6,
        Level = EventLevel.Verbose,
        Keywords = Keywords.Children,
        Message = "Group {0} '{1}': child '{2}' started")]
    private void ChildStarted(int groupId, string group, string child) => WriteEvent(6, groupId, group, child);

    [Event(
        7,
        Level = EventLevel.Informational,
        Keywords = Keywords.Failures,
        Message = "Group {0} '{1}': child '{2}' failed with {3}: {4}")]
    private void ChildFailed(int groupId, string group, string child, string exceptionType, string message) =>
        WriteEvent(7, groupId, group, child, exceptionType, message);

    [Event(
        8,
        Level = EventLevel.Warning,
        Keywords = Keywords.Failures,
        Message = "Group {0} '{1}' is cancelled, but child '{2}' still runs after {3} s")]
    private void ChildStuck(int groupId, string group, string child, double age) =>
        WriteEvent(8, groupId, group, child, age);

    [Event(9, Level = EventLevel.Warning, Keywords = Keywords.Failures, Message = "{0}")]
    private void LoopWarning(string text) => WriteEvent(9, text);

    /// <summary>What a listener may choose from.</summary>
    public static class Keywords
    {
        public const EventKeywords Failures = (EventKeywords)1;
        public const EventKeywords Groups = (EventKeywords)2;
        public const EventKeywords Children = (EventKeywords)4;
    }
}
