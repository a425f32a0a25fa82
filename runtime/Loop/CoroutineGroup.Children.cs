using System;
using System.Collections.Generic;
using System.Threading;

namespace ScopedTasks;

// How children come into the group.
public sealed partial class CoroutineGroup
{
    private Queue<(LoopTask? Child, Waiter? Spawner)>? _queue;
    private ExecutionContext? _spawnerFlow;
    private ExecutionContext? _childFlow;
    private int _starting;
    private bool _freesPlaces;

    private bool IsFull => _options.MaxConcurrency > 0 && _running >= _options.MaxConcurrency;

    /// <summary>Starts a child in a turn of its own; in a full group, when there is a place.</summary>
    /// <param name="child">What to run.</param>
    /// <param name="name">What reports call it; the method's name by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="child"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended, or the coroutine was used before.</exception>
    public void Spawn(Coroutine child, string? name = null) => Begin(child, name, this);

    /// <summary>Starts a child in a turn of its own; in a full group, when there is a place.</summary>
    /// <param name="child">What to run.</param>
    /// <param name="name">What reports call it; the method's name by default.</param>
    /// <returns>Its handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="child"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended, or the coroutine was used before.</exception>
    public ChildTask Run(Coroutine child, string? name = null) => new(_loop, Begin(child, name, this), child);

    /// <inheritdoc cref="Run(Coroutine, string?)"/>
    /// <typeparam name="T">The type of its value.</typeparam>
    public ChildTask<T> Run<T>(Coroutine<T> child, string? name = null) => new(_loop, Begin(child, name, this), child);

    /// <summary>Starts a child, and lets it run: back-pressure, as it waits for a place in a full group.</summary>
    /// <remarks>
    /// Waiting for the place is not cancelled: the child starts in the cancelled group, and then this throws, so that a
    /// spawning loop stops.
    /// </remarks>
    /// <param name="child">What to run.</param>
    /// <param name="name">What reports call it; the method's name by default.</param>
    /// <returns>Ends when the child has had its first turn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="child"/> is null.</exception>
    public Coroutine SpawnAsync(Coroutine child, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        return SpawnWaitingAsync(child, name);
    }

    /// <summary>Starts a child, and waits until it says that it is ready.</summary>
    /// <remarks>
    /// Until then it is the starter's: it is cancelled with the scope of whoever awaits this, and its failure comes out
    /// here, unwrapped. From then on it is a child like all others. It takes no place.
    /// </remarks>
    /// <typeparam name="TStarted">What the child tells when it is ready.</typeparam>
    /// <param name="child">Makes the child; gets the signal.</param>
    /// <param name="name">What reports call it; the method's name by default.</param>
    /// <returns>What the child told.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="child"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended, or the child ended without a word.</exception>
    public Coroutine<TStarted> StartAsync<TStarted>(
        Func<StartSignal<TStarted>, Coroutine> child,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        return StartWaitingAsync(child, name);
    }

    /// <summary>
    /// Starts a service of the body and the children: it is cancelled after they have ended, and waited for; the last
    /// one first. When it fails it cancels and fails the group. It takes no place.
    /// </summary>
    /// <param name="child">What to run.</param>
    /// <param name="name">What reports call it; the method's name by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="child"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended, or the coroutine was used before.</exception>
    public void RunService(Coroutine child, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        RequireOpen();
        child.Claim();
        var node = new ScopeNode(_loop, owner: null);
        node.SetShield(true);
        _node.Attach(node);
        var service = new ServiceTask(this, node);
        (_services ??= []).Add(service);
        Named(_loop.Spawn(child, node, service, ScopeFlow.CaptureIn(node)), name);
    }

    /// <summary>Starts a child, or lets it wait for a place.</summary>
    internal LoopTask Begin(Coroutine child, string? name, ITaskOwner owner)
    {
        ArgumentNullException.ThrowIfNull(child);
        RequireOpen();
        child.Claim();
        _open++;
        if (IsFull)
        {
            var task = Named(new LoopTask(child, owner), name);
            child.Context = ChildFlow();
            (_queue ??= new()).Enqueue((task, null));
            return task;
        }
        _running++;
        return Named(_loop.Spawn(child, _node, owner, ChildFlow()), name);
    }

    /// <summary>A child has left its place: who waits for one gets it.</summary>
    internal void FreePlace()
    {
        _running--;
        // Who is dropped leaves its place at once, and comes by here: who came first goes on for it.
        if (_queue is not { Count: > 0 } queue || _freesPlaces)
            return;
        _freesPlaces = true;
        while (queue.Count > 0 && !IsFull)
        {
            // The place is taken before whoever gets it runs.
            _running++;
            var (child, spawner) = queue.Dequeue();
            if (child is null)
            {
                spawner!.Wake(_loop);
                continue;
            }
            _node.Attach(child);
            _loop.OnTaskBegun(child);
            if (_node.IsCancelled)
            {
                _wasCutShort = true;
                child.Drop(_loop, _node.NewCancellation());
                continue;
            }
            _loop.Enqueue(child);
        }
        _freesPlaces = false;
    }

    private static LoopTask Named(LoopTask task, string? name)
    {
        if (name is not null)
            task.Extras.Name = name;
        return task;
    }

    // Children of one spawner mostly come from one flow.
    private ExecutionContext? ChildFlow()
    {
        var flow = ExecutionContext.Capture();
        if (flow is null || flow != _spawnerFlow)
        {
            _spawnerFlow = flow;
            _childFlow = ScopeFlow.CaptureIn(_node);
        }
        return _childFlow;
    }

    private async Coroutine SpawnWaitingAsync(Coroutine child, string? name)
    {
        RequireOpen();
        child.Claim();
        _open++;
        if (IsFull)
            await new PlaceWait(this);
        else
            _running++;
        Named(_loop.Spawn(child, _node, this, ChildFlow()), name);
        if (_node.IsCancelled)
            throw _node.NewCancellation();
        await Coroutine.Yield();
    }

    private async Coroutine<T> StartWaitingAsync<T>(Func<StartSignal<T>, Coroutine> child, string? name)
    {
        RequireOpen();
        _open++;
        _starting++;
        var start = new ChildStart<T>(this, new ScopeNode(_loop, owner: null) { Destination = _node });
        try
        {
            var root = child(new StartSignal<T>(start.OnStarted))
                ?? throw new InvalidOperationException("The delegate returned null, not a coroutine.");
            root.Claim();
            _loop.CurrentNode.Attach(start.Node);
            start.Begin(Named(_loop.Spawn(root, start.Node, start, ScopeFlow.CaptureIn(start.Node)), name));
        }
        catch
        {
            EndStart();
            Leave();
            throw;
        }
        await new StartWait(start.Said);
        return start.GetResult();
    }

    /// <summary>A start is over, for better or worse.</summary>
    internal void EndStart() => _starting--;
}
