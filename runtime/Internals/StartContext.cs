using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides where work that had to wait starts: where, and as whom, its caller stood.</summary>
/// <remarks>
/// The <see cref="SynchronizationContext"/> of the call, else its <see cref="TaskScheduler"/>, else the thread pool;
/// always in the <see cref="ExecutionContext"/> of the call.
/// </remarks>
internal readonly struct StartContext
{
    private readonly object? _place;
    private readonly ExecutionContext? _execution;

    private StartContext(object? place, ExecutionContext? execution)
    {
        _place = place;
        _execution = execution;
    }

    /// <summary>The context of the running code.</summary>
    public static StartContext Capture() => new(CurrentPlace(), ExecutionContext.Capture());

    /// <summary>Lets <paramref name="work"/> start in this context.</summary>
    public void Post(IPostedWork work)
    {
        switch (_place)
        {
            case SynchronizationContext context:
                context.Post(static state => ((IPostedWork)state!).Run(), work);
                break;
            case TaskScheduler scheduler:
                new Task(static state => ((IPostedWork)state!).Run(), work, TaskCreationOptions.DenyChildAttach)
                    .Start(scheduler);
                break;
            default:
                ThreadPool.UnsafeQueueUserWorkItem(static state => ((IPostedWork)state!).Run(), work);
                break;
        }
    }

    /// <summary>Calls <paramref name="callback"/> in the captured execution context.</summary>
    public void Run(ContextCallback callback, object state)
    {
        if (_execution is null)
            callback(state);
        else
            ExecutionContext.Run(_execution, callback, state);
    }

    private static object? CurrentPlace()
    {
        var context = SynchronizationContext.Current;
        if (context is not null && context.GetType() != typeof(SynchronizationContext))
            return context;
        return TaskScheduler.Current == TaskScheduler.Default ? null : TaskScheduler.Current;
    }
}
