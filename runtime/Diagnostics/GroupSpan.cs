#if NET
using System;
using System.Diagnostics;
using System.Threading;

namespace ScopedTasks;

/// <summary>Decides what a trace tells of a named group: one span from its opening to its end.</summary>
/// <remarks>
/// It is the current activity inside the body of a lambda form, and so in its children. Code that opens a group in the
/// scope form goes on under its own.
/// </remarks>
internal sealed class GroupSpan
{
    private static readonly ActivitySource s_source = new("ScopedTasks");

    private readonly Activity _activity;
    private int _children;

    private GroupSpan(Activity activity) => _activity = activity;

    /// <summary>Starts the span of a group, if somebody listens.</summary>
    public static GroupSpan? Start(TaskGroup group)
    {
        if (!s_source.HasListeners() || s_source.CreateActivity(group.Name!, ActivityKind.Internal) is not { } activity)
            return null;
        var current = Activity.Current;
        activity.Start();
        Activity.Current = current;
        return new GroupSpan(activity);
    }

    /// <summary>Makes it the current one for the running code and what that starts.</summary>
    public void Enter() => Activity.Current = _activity;

    /// <summary>Counts a child.</summary>
    public void CountChild() => Interlocked.Increment(ref _children);

    /// <summary>Ends the span.</summary>
    public void Stop(TaskGroup group, GroupOutcome outcome)
    {
        var failures = group.GetFailures();
        _activity.SetTag("scoped_tasks.children", _children);
        _activity.SetTag("scoped_tasks.failures", failures.Count);
        _activity.SetTag("scoped_tasks.outcome", outcome.ToString().ToLowerInvariant());
        if (group.CancellationReason is { } reason)
            _activity.SetTag("scoped_tasks.cancellation_reason", reason);
        foreach (var failure in failures)
            _activity.AddEvent(new ActivityEvent("exception", tags: Describe(failure)));
        if (failures.Count > 0)
            _activity.SetStatus(ActivityStatusCode.Error, failures[0].Message);

        // The group ends in the flow of whoever ended last, which is not to be moved to another activity.
        var current = Activity.Current;
        _activity.Stop();
        Activity.Current = current == _activity ? _activity.Parent : current;
    }

    private static ActivityTagsCollection Describe(Exception failure) => new()
    {
        ["exception.type"] = failure.GetType().FullName,
        ["exception.message"] = failure.Message,
    };
}
#else
namespace ScopedTasks;

/// <summary>Decides that below net8.0 no trace tells of a group.</summary>
internal sealed class GroupSpan
{
    private GroupSpan()
    {
    }

    public static GroupSpan? Start(TaskGroup group) => null;

    public void Enter()
    {
    }

    public void CountChild()
    {
    }

    public void Stop(TaskGroup group, GroupOutcome outcome)
    {
    }
}
#endif
