namespace ScopedTasks;

/// <summary>Work that a <see cref="StartContext"/> starts.</summary>
internal interface IPostedWork
{
    /// <summary>Called once, in the place that the context names.</summary>
    void Run();
}
