namespace ScopedTasks;

/// <summary>Says how far a <see cref="Coroutine"/> has come.</summary>
public enum CoroutineStatus
{
    /// <summary>Nothing of it has run.</summary>
    Created,

    /// <summary>Its code runs at this moment.</summary>
    Running,

    /// <summary>It waits inside an <c>await</c>.</summary>
    Suspended,

    /// <summary>It has returned.</summary>
    RanToCompletion,

    /// <summary>It has thrown.</summary>
    Faulted,

    /// <summary>
    /// It has thrown an <see cref="System.OperationCanceledException"/>, or was closed before it ran.
    /// </summary>
    Canceled,
}
