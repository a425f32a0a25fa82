using System;

namespace ScopedTasks;

/// <summary>Says that the process was asked to end while an event loop ran: by Ctrl+C, or by a signal.</summary>
public sealed class EventLoopInterruptedException : OperationCanceledException
{
    /// <summary>Makes one.</summary>
    public EventLoopInterruptedException()
        : base("The event loop was interrupted.")
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What happened.</param>
    public EventLoopInterruptedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What it led to.</param>
    public EventLoopInterruptedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
