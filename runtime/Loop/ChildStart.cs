using System;
using System.Runtime.ExceptionServices;

namespace ScopedTasks;

/// <summary>Decides whose a child is that has yet to say that it is ready: its starter's, then its group's.</summary>
internal sealed class ChildStart<T>(CoroutineGroup group, ScopeNode node) : ITaskOwner
{
    private LoopTask? _task;
    private T? _value;
    private bool _isSaid;
    private bool _isMoved;
    private Exception? _failure;

    /// <summary>The scope of the child: first in its starter's, then in its group's.</summary>
    public ScopeNode Node => node;

    /// <summary>Who waits for the start.</summary>
    public WaitQueue Said { get; } = new(static () => "a child that has yet to say that it is ready");

    /// <summary>Keeps the task of the child.</summary>
    public void Begin(LoopTask task) => _task = task;

    /// <summary>The child is ready.</summary>
    public void OnStarted(T value)
    {
        if (_isSaid)
            throw new InvalidOperationException("SetStarted was called before; a child starts once.");
        _isSaid = true;
        if (node.IsCancelled || _task is not { HasEnded: false })
            return;
        var loop = WaitQueue.RequireLoop("A start");
        _value = value;
        _isMoved = true;
        group.EndStart();
        group.TakeOver(node);
        Said.WakeAll(loop);
    }

    /// <summary>What the start came to.</summary>
    public T GetResult()
    {
        if (_isMoved)
            return _value!;
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        if (_isSaid)
            throw node.NewCancellation();
        throw new InvalidOperationException(
            $"The child '{_task!.Name}' exited without calling SetStarted. Call it once the child is ready, or use "
            + "Run.");
    }

    /// <inheritdoc/>
    public void OnEnded(EventLoop loop, LoopTask task)
    {
        node.End();
        if (_isMoved)
        {
            group.JudgeChild(task);
            group.EndTakenOver();
        }
        else
        {
            _failure = task.Leaf.Failure;
            group.EndStart();
            Said.WakeAll(loop);
        }
        group.Leave();
    }
}
