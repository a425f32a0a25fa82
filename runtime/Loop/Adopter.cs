namespace ScopedTasks;

/// <summary>Waits for a coroutine that code awaits which is not a coroutine's.</summary>
internal sealed class Adopter(Adoption adoption, LoopTask? origin) : ITaskOwner
{
    /// <inheritdoc/>
    public void OnEnded(EventLoop loop, LoopTask task)
    {
        loop.EndInnerWait(origin);
        adoption.End();
    }
}
