using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Keeps what a group reports as unobserved.</summary>
internal sealed class Reports
{
    private readonly ConcurrentQueue<(string? Group, Exception Exception)> _all = new();

    public IReadOnlyList<(string? Group, Exception Exception)> All => [.. _all];

    public IEnumerable<Exception> Exceptions => All.Select(report => report.Exception);

    public void Add(string? group, Exception exception) => _all.Enqueue((group, exception));

    /// <summary>Options of a group that reports here.</summary>
    public TaskGroupOptions Options(TaskGroupFailureMode mode = TaskGroupFailureMode.CancelSiblings) =>
        new() { OnUnobservedException = Add, FailureMode = mode };
}
