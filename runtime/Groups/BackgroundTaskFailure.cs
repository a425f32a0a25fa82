using System;

namespace ScopedTasks;

/// <summary>Tells which background task failed, and why.</summary>
public sealed class BackgroundTaskFailure
{
    internal BackgroundTaskFailure(string? name, Exception exception)
    {
        Name = name;
        Exception = exception;
    }

    /// <summary>What it failed with.</summary>
    public Exception Exception { get; }

    /// <summary>What <see cref="BackgroundTasks.Spawn"/> was told to call it; null if nothing.</summary>
    public string? Name { get; }

    /// <summary>Tells all of it on one line.</summary>
    /// <returns>The name, and the exception's type and message.</returns>
    public override string ToString() => UnobservedFailures.Describe(Name, Exception);
}
