using System;

namespace ScopedTasks;

/// <summary>Says that something that is shared was left behind in a state that nobody can repair.</summary>
public sealed class BrokenResourceException : Exception
{
    /// <summary>Makes one.</summary>
    public BrokenResourceException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is broken, and by whom.</param>
    public BrokenResourceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is broken, and by whom.</param>
    /// <param name="innerException">What it led to.</param>
    public BrokenResourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
