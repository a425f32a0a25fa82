namespace ScopedTasks;

/// <summary>Decides what awaiting a group that failed throws.</summary>
public enum TaskGroupExceptionMode
{
    /// <summary>The first failure in time; the task's <c>Exception</c> holds all of them. The default.</summary>
    First,

    /// <summary>
    /// Always one <see cref="System.AggregateException"/> that holds every failure, also when there is only one.
    /// Cancellation stays an <see cref="System.OperationCanceledException"/>.
    /// </summary>
    Aggregate,
}
