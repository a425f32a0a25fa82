using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// How children come into the group.
public sealed partial class TaskGroup
{
    /// <summary>Starts a child that the group owns: nothing to hold, nothing to await.</summary>
    /// <remarks>
    /// It begins inline, up to its first await. In a full group it queues; in a full and cancelled one it is
    /// dropped. What <paramref name="work"/> throws at once is the child's failure, and is not thrown here.
    /// </remarks>
    /// <param name="work">Gets the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public void Spawn(Func<CancellationToken, Task> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (TryStart(work, (object?)name ?? work) is null)
            Queue(new QueuedChild(this, work, (object?)name ?? work));
    }

    /// <summary>Starts a child as <see cref="Spawn"/> does, for a caller who wants its task.</summary>
    /// <remarks>
    /// The group waits for the child and sees its failure, whether the task is awaited or not. A child that was
    /// dropped from the queue ends its task as canceled. Of a child's several failures the task may carry the first
    /// only; the group's has all.
    /// </remarks>
    /// <param name="work">Gets the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <returns>The child's task. It may end just before the group has counted it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public Task Run(Func<CancellationToken, Task> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Run(work, (object?)name ?? work);
    }

    /// <summary>Starts a child as <see cref="Spawn"/> does, for a caller who wants its value.</summary>
    /// <remarks><inheritdoc cref="Run(Func{CancellationToken, Task}, string?)"/></remarks>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="work">Gets the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <returns>The child's task. It may end just before the group has counted it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public Task<T> Run<T>(Func<CancellationToken, Task<T>> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Run(work, (object?)name ?? work);
    }

    /// <summary>Starts a child once there is a place for it: <see cref="Spawn"/> with back-pressure.</summary>
    /// <remarks>
    /// In a cancelled group the child still starts, under the cancelled token, when there is a place (what it is to
    /// work on may have been taken from a queue already); then the call ends as canceled, so that a spawning loop
    /// stops.
    /// </remarks>
    /// <param name="work">Gets the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <returns>A task that ends when the child has run up to its first await.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    /// <exception cref="OperationCanceledException">The group is cancelled; the child has been started.</exception>
    public ValueTask SpawnAsync(Func<CancellationToken, Task> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (TryStart(work, (object?)name ?? work) is not null)
            return IsCancellationRequested ? new ValueTask(Task.FromCanceled(CancellationToken)) : default;
        var waiting = new WaitingSpawn(this, work, (object?)name ?? work);
        Queue(waiting);
        return new ValueTask(waiting.Started);
    }

    /// <summary>Starts a synchronous child on the thread pool: nothing to hold, nothing to await.</summary>
    /// <param name="work">Gets the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public void SpawnOnThreadPool(Action<CancellationToken> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        Func<CancellationToken, Task> start = new PoolWork<Unit>(work).StartAsync;
        if (TryStart(start, (object?)name ?? work) is null)
            Queue(new QueuedChild(this, start, (object?)name ?? work));
    }

    /// <summary>Starts a synchronous child on the thread pool, for a caller who wants its task.</summary>
    /// <remarks><inheritdoc cref="Run(Func{CancellationToken, Task}, string?)"/></remarks>
    /// <param name="work">Gets the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <returns>The child's task. It may end just before the group has counted it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public Task RunOnThreadPool(Action<CancellationToken> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Run(new PoolWork<Unit>(work).StartAsync, (object?)name ?? work);
    }

    /// <summary>Starts a synchronous child on the thread pool, for a caller who wants its value.</summary>
    /// <remarks><inheritdoc cref="Run(Func{CancellationToken, Task}, string?)"/></remarks>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="work">Gets the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <returns>The child's task. It may end just before the group has counted it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public Task<T> RunOnThreadPool<T>(Func<CancellationToken, T> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Run(new PoolWork<T>(work).StartAsync, (object?)name ?? work);
    }

    /// <summary>
    /// Adopts a task that is running already: the group waits for it and sees its failure, but cannot cancel it.
    /// It takes no place.
    /// </summary>
    /// <param name="task">Its failure is a child's failure.</param>
    /// <param name="name">What reports call the child.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public void Track(Task task, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        Enter(Child);
        Adopt(task, name, NoteStart(name), hasSlot: false);
    }

    /// <summary>Starts a child, and waits until it says that it is ready.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>It begins inline and takes no place; while it starts it holds the group open.</item>
    /// <item>What it throws before it is ready comes out of this task, unwrapped, and leaves the group alone; from
    /// then on it is a child as all others.</item>
    /// <item>In a group that is cancelled before it is ready, the start ends with the child, as canceled.</item>
    /// </list>
    /// </remarks>
    /// <typeparam name="TStarted">What the child tells when it is ready.</typeparam>
    /// <param name="work">Gets the signal and the group's token.</param>
    /// <param name="name">What reports call the child; the method's name by default.</param>
    /// <returns>What the child told; an <see cref="InvalidOperationException"/> if it ended without.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public Task<TStarted> StartAsync<TStarted>(
        Func<StartSignal<TStarted>, CancellationToken, Task> work,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        Enter(Child);
        return new StartingChild<TStarted>(this, (object?)name ?? work, NoteStart((object?)name ?? work)).Start(work);
    }

    /// <summary>Starts what waited in the queue, in its own context; it has got a place.</summary>
    internal void Start(QueuedChild queued)
    {
        Interlocked.Add(ref _members, Child - Hold);
        var startedAt = NoteStart(queued.Label);
        Adopt(queued.Start(), queued.Label, startedAt, hasSlot: true);
        queued.Announce();
    }

    /// <summary>Lets go of what waited in the queue, and will not start.</summary>
    internal void Drop(QueuedChild queued)
    {
        _cutShort = true;
        queued.Drop();
        Leave(Hold);
    }

    /// <summary>The same, when it had got a place already.</summary>
    internal void DropWithSlot(QueuedChild queued)
    {
        _slots!.Release();
        Drop(queued);
    }

    internal void OnChildEnded(Task task, object? label, bool hasSlot)
    {
        JudgeChild(task, label, hasSlot);
        Leave(Child);
    }

    /// <summary>Does all that a child's end means, but for letting the group end.</summary>
    internal void JudgeChild(Task task, object? label, bool hasSlot)
    {
        if (!task.IsCompletedSuccessfully)
            Judge(task, isBody: false, label);
        if (hasSlot)
            _slots?.Release();
    }

    /// <summary>Counts a child as running if it may start now.</summary>
    private bool TryEnterRunning()
    {
        if (_slots is null)
        {
            Enter(Child);
            return true;
        }
        Enter(Hold);
        if (!_slots.TryTake())
            return false;
        Interlocked.Add(ref _members, Child - Hold);
        return true;
    }

    private Task Run(Func<CancellationToken, Task> work, object label)
    {
        if (!TryEnterRunning())
        {
            var queued = new QueuedRun(this, work, label);
            Queue(queued);
            return queued.Handle;
        }
        var startedAt = NoteStart(label);
        return Hand<Unit>(Invocation.Start(work, CancellationToken), label, startedAt);
    }

    private Task<T> Run<T>(Func<CancellationToken, Task<T>> work, object label)
    {
        if (!TryEnterRunning())
        {
            var queued = new QueuedRun<T>(this, work, label);
            Queue(queued);
            return queued.Handle;
        }
        var startedAt = NoteStart(label);
        return (Task<T>)Hand<T>(Invocation.StartValue(work, CancellationToken), label, startedAt);
    }

    /// <summary>Starts a child of a group without a limit, whose task nobody awaits but the group.</summary>
    private Task<T> Start<T>(Func<CancellationToken, Task<T>> work)
    {
        Enter(Child);
        var startedAt = NoteStart(work);
        var task = Invocation.StartValue(work, CancellationToken);
        Adopt(task, work, startedAt, hasSlot: true);
        return task;
    }

    /// <summary>Watches a child and gives its caller a task.</summary>
    private Task Hand<T>(Task task, object label, long startedAt)
    {
        if (task.IsCompleted)
        {
            OnChildEnded(task, label, hasSlot: true);
            return task;
        }
        var child = new HandedChild<T>(this, label, startedAt);
        var handle = child.Handle;
        Show(child);
        child.Watch(task);
        return handle;
    }

    private Task? TryStart(Func<CancellationToken, Task> work, object label)
    {
        if (!TryEnterRunning())
            return null;
        var startedAt = NoteStart(label);
        var task = Invocation.Start(work, CancellationToken);
        Adopt(task, label, startedAt, hasSlot: true);
        return task;
    }

    private void Adopt(Task task, object? label, long startedAt, bool hasSlot)
    {
        if (task.IsCompleted)
        {
            OnChildEnded(task, label, hasSlot);
            return;
        }
        var child = new ChildWatcher(this, label, startedAt, hasSlot);
        Show(child);
        child.Watch(task);
    }

    private void Queue(QueuedChild queued)
    {
        switch (_slots!.Add(queued, this))
        {
            case SlotQueue.Place.Free:
                Start(queued);
                break;
            case SlotQueue.Place.None:
                Drop(queued);
                break;
            case SlotQueue.Place.Queued when queued.Awaited is not null:
                (_queueWatch ?? Interlocked.CompareExchange(ref _queueWatch, new QueueWatch(this, _slots), null)
                    ?? _queueWatch).Arm();
                break;
        }
    }
}
