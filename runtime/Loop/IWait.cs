namespace ScopedTasks;

/// <summary>What a waiter waits for.</summary>
internal interface IWait
{
    /// <summary>Lets a waiter go that is cancelled.</summary>
    /// <returns>Whether it was still waiting, and could be let go.</returns>
    bool TryAbort(Waiter waiter);

    /// <summary>Whether nothing is to be done in the code that waits when the wait is cancelled.</summary>
    bool IsOverWhenAborted { get; }

    /// <summary>Says what it is, to whoever asks why nothing happens.</summary>
    string Describe(Waiter waiter);
}
