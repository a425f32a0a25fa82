namespace ScopedTasks;

/// <summary>Is the handle of a child with a value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class ChildTask<T> : ChildTask
{
    private readonly Coroutine<T> _root;

    internal ChildTask(EventLoop loop, LoopTask task, Coroutine<T> root)
        : base(loop, task, root) => _root = root;

    /// <summary>What it returned.</summary>
    /// <exception cref="System.InvalidOperationException">It has not ended. What it threw is thrown.</exception>
    public T Result => _root.Result;

    /// <summary>Makes it awaitable, any number of times.</summary>
    /// <returns>An awaiter.</returns>
    public new ChildTaskAwaiter<T> GetAwaiter() => new(this);
}
