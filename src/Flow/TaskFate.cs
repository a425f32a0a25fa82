namespace ScopedTasks.Analyzers.Flow;

/// <summary>What became of the value of one started task.</summary>
internal enum TaskFate
{
    /// <summary>Awaited, returned, blocked on or watched by a continuation: somebody waits.</summary>
    Joined,

    /// <summary>Handed to code that may join it, or used in a way that says nothing: rules stay silent.</summary>
    Escaped,

    /// <summary>The value of a statement, or of a lambda whose delegate returns nothing.</summary>
    Dropped,

    /// <summary>Assigned to a discard.</summary>
    Discarded,

    /// <summary>Kept in a local.</summary>
    Kept,

    /// <summary>Added to a local collection.</summary>
    Collected,

    /// <summary>The result of a selector: one task per element of a sequence.</summary>
    Selected,
}
