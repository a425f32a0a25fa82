using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>What a <see cref="CancelScope"/> is on an event loop.</summary>
internal interface ILoopScope
{
    /// <summary>Whether every wait in it throws.</summary>
    bool IsCancelled { get; }

    /// <summary>Why.</summary>
    string? Reason { get; }

    /// <summary>Whether it keeps the cancellation around it out.</summary>
    bool Shield { get; set; }

    /// <summary>Cancels it.</summary>
    /// <returns>What callbacks of tokens threw.</returns>
    AggregateException? Cancel(string? reason);

    /// <summary>Whether it was cancelled itself, and nothing around it was.</summary>
    bool Catches(CancellationToken parent);

    /// <summary>Leaves it, or says that this is not the place to.</summary>
    void Exit();

    /// <summary>Ends it.</summary>
    void Close();
}
