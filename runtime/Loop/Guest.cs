using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Runs a coroutine on a loop for code that is elsewhere, and tells that code how it ended.</summary>
internal sealed class Guest<T>(
    Func<Coroutine> factory,
    Func<Coroutine, T> getResult,
    CancellationToken cancellationToken) : LoopItem, ITaskOwner
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? _flow = ScopeFlow.CaptureIn(null);
    private CancellationTokenRegistration _registration;
    private LoopTask? _task;

    /// <summary>How it ends.</summary>
    public Task<T> Task => _completion.Task;

    /// <inheritdoc/>
    public override void Run(EventLoop loop)
    {
        loop.LeaveTasks();
        if (cancellationToken.IsCancellationRequested)
        {
            _completion.TrySetCanceled(cancellationToken);
            return;
        }
        // However many come while the loop is closed: that has an end.
        if (loop.IsClosing)
        {
            _completion.TrySetCanceled(new CancellationToken(canceled: true));
            return;
        }
        try
        {
            var root = factory() ?? throw new InvalidOperationException("The factory returned null, not a coroutine.");
            root.Claim();
            _task = loop.Spawn(root, loop.RunNode, this, _flow);
        }
        catch (Exception exception)
        {
            _completion.TrySetException(exception);
            return;
        }
        _registration = cancellationToken.UnsafeRegister(
            static state =>
            {
                var (guest, loop) = ((Guest<T>, EventLoop))state!;
                loop.TryRun(new CallbackItem(() => guest.Cancel(loop)));
            },
            (this, loop));
    }

    /// <inheritdoc/>
    public void OnEnded(EventLoop loop, LoopTask task)
    {
        _registration.Unregister();
        var root = task.Root;
        if (root.Failure is null)
            _completion.TrySetResult(getResult(root));
        else if (root.Failure is not OperationCanceledException canceled)
            _completion.TrySetException(root.Failure);
        else if (cancellationToken.IsCancellationRequested)
            _completion.TrySetCanceled(cancellationToken);
        else
            _completion.TrySetCanceled(canceled.CancellationToken);
    }

    private void Cancel(EventLoop loop)
    {
        if (_task is { HasEnded: false })
            loop.CancelReporting(_task);
    }
}
