using System;

namespace ScopedTasks;

/// <summary>Says that everything on an event loop waits, and nothing is left that could end that.</summary>
public sealed class DeadlockException : InvalidOperationException
{
    /// <summary>Makes one.</summary>
    public DeadlockException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">Who waits for what.</param>
    public DeadlockException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">Who waits for what.</param>
    /// <param name="innerException">What it led to.</param>
    public DeadlockException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
