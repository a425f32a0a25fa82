using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides by which task code waits for the end of a channel.</summary>
/// <remarks>
/// A task that a coroutine awaits counts as something that only others can end, which holds clock and deadlock
/// detection back. Who asks on a loop gets a task that waits on the loop, and so does not.
/// </remarks>
internal sealed class ChannelCompletion
{
    private readonly WaitQueue _waiters = new(static () => "the end of a LoopChannel");
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LoopTask? _askedBy;
    private Task? _answer;

    /// <summary>Whether somebody waits on a loop.</summary>
    public bool IsWaitedFor => _waiters.Count > 0;

    /// <summary>Ends with the channel, and with its error.</summary>
    public Task Task
    {
        get
        {
            if (_end.Task.IsCompleted || Waiter.Current?.Origin is not { } origin)
                return _end.Task;
            if (_answer is not { IsCompleted: false } || origin != _askedBy)
            {
                _askedBy = origin;
                _answer = WaitAsync();
                // Whoever asks for it need not await it.
                _answer.ContinueWith(
                    static task => _ = task.Exception,
                    default,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
            return _answer;
        }
    }

    /// <summary>The channel has ended.</summary>
    public void End(Exception? error)
    {
        if (error is OperationCanceledException canceled)
            _end.TrySetCanceled(canceled.CancellationToken);
        else if (error is not null)
            _end.TrySetException(error);
        else
            _end.TrySetResult();
        _ = _end.Task.Exception;
        if (EventLoop.Current is { } loop)
            _waiters.WakeAll(loop);
    }

    private async Task WaitAsync()
    {
        await new QueueWait(_waiters);
        await _end.Task;
    }
}
