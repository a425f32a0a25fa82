using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Listens to the event source of the runtime.</summary>
internal sealed class Events : EventListener
{
    private readonly ConcurrentQueue<string> _all = new();

    /// <summary>Name and values of each event, of this test and of those that run beside it.</summary>
    public IReadOnlyList<string> All => [.. _all];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "ScopedTasks")
            EnableEvents(eventSource, EventLevel.Verbose);
    }

    // The base class calls it before the fields of this one are set.
    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        _all?.Enqueue($"{eventData.EventName}: {string.Join(" | ", eventData.Payload?.ToArray() ?? [])}");
}
