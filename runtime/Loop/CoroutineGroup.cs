using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;

namespace ScopedTasks;

/// <summary>Owns coroutines that run side by side on an event loop, and ends after the last of them.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Waits: for the body, all children, then its services, last in first out, then its resources, in the reverse
/// order. Nothing that it started outlives it.</item>
/// <item>Starts: a child begins in a turn of its own, not inside the call that spawned it, and also in a cancelled
/// group.</item>
/// <item>Cancels: the first failure cancels body and children, unless <see cref="TaskGroupOptions.FailureMode"/> says
/// otherwise. In a cancelled group every wait throws, each time.</item>
/// <item>Throws: the first failure by time, as the same object; further ones go to
/// <see cref="TaskGroupOptions.OnUnobservedException"/>. Failures win over cancellation. A group that was cancelled by
/// itself ends quietly; one that was cut short from outside throws that cancellation.</item>
/// <item>An <see cref="OperationCanceledException"/> that is not the group's is a failure.</item>
/// <item>Its clock is the loop's. Threads: the loop's only.</item>
/// </list>
/// After Trio's nursery.
/// </remarks>
public sealed partial class CoroutineGroup : ITaskOwner
{
    private readonly EventLoop _loop;
    private readonly ScopeNode _node;
    private readonly TaskGroupOptions _options;
    private FailureLog _failures = new();
    private readonly WaitQueue _joiner;
    private List<ServiceTask>? _services;
    private List<IAsyncDisposable>? _resources;
    private LoopTimer? _bodyWatch;
    private LoopTimer? _timeout;
    private int _open;
    private int _running;
    private bool _wasCutShort;
    private bool _hasEnded;

    private CoroutineGroup(EventLoop loop, ScopeNode node, TaskGroupOptions options)
    {
        (_loop, _node, _options) = (loop, node, options);
        _joiner = new WaitQueue(() => $"{_open} in {this}");
        node.Name = options.Name;
    }

    /// <summary>What reports and messages call the group.</summary>
    public string? Name => _options.Name;

    /// <summary>How many children run, with those that have yet to say that they are ready.</summary>
    public int RunningCount => _running + _starting + _takenOver;

    /// <summary>How many children wait for a place.</summary>
    public int QueuedCount => _queue?.Count ?? 0;

    /// <summary>The scope of the body and the children.</summary>
    public CancelScope CancelScope => LoopScope.FacadeOf(_loop, _node);

    /// <summary>Runs a body, and waits for all that it spawned.</summary>
    /// <param name="body">Gets the group.</param>
    /// <param name="options">Names, bounds and times the group.</param>
    /// <returns>Ends with the last child.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public static Coroutine RunAsync(Func<CoroutineGroup, Coroutine> body, TaskGroupOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunBodyAsync(body, options?.Copy() ?? TaskGroupOptions.Default);
    }

    /// <inheritdoc cref="RunAsync(Func{CoroutineGroup, Coroutine}, TaskGroupOptions?)"/>
    /// <typeparam name="T">The type of the body's value.</typeparam>
    public static Coroutine<T> RunAsync<T>(Func<CoroutineGroup, Coroutine<T>> body, TaskGroupOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunBodyAsync(body, options?.Copy() ?? TaskGroupOptions.Default);
    }

    /// <summary>Disposes a resource after the last child and the last service, the one given last first.</summary>
    /// <remarks>No cancellation reaches that. What it throws is a failure of the group.</remarks>
    /// <param name="resource">What to dispose.</param>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public void Own(IAsyncDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        RequireOpen();
        (_resources ??= []).Add(resource);
    }

    /// <summary>Tells its state.</summary>
    /// <returns>Its name and how many children it has.</returns>
    public override string ToString()
    {
        var name = Name is null ? "CoroutineGroup" : $"CoroutineGroup '{Name}'";
        var state = _hasEnded ? "ended" : _node.IsCancelled ? "cancelled" : "open";
        return $"{name}: {state}, {RunningCount} running{(QueuedCount > 0 ? $", {QueuedCount} queued" : "")}";
    }

    /// <summary>The scope of the children.</summary>
    internal ScopeNode Node => _node;

    /// <summary>Runs a body that only spawns.</summary>
    internal static Coroutine RunSpawningAsync(Action<CoroutineGroup> body, TaskGroupOptions options) =>
        RunBodyAsync(
            group =>
            {
                body(group);
                return EndedAsync();
            },
            options);

    void ITaskOwner.OnEnded(EventLoop loop, LoopTask task)
    {
        JudgeChild(task);
        FreePlace();
        Leave();
    }

    /// <summary>Keeps what became of a child.</summary>
    internal void JudgeChild(LoopTask task)
    {
        if (task.Leaf.Failure is not { } failure)
            return;
        if (failure is OperationCanceledException && task.IsCancelled)
            _wasCutShort |= _node.IsCancelled;
        else if (_options.FailureMode == TaskGroupFailureMode.Supervise)
            ReportUnobserved(failure);
        else
            Keep(failure, cancels: _options.FailureMode == TaskGroupFailureMode.CancelSiblings);
    }

    /// <summary>A hold on the group is let go.</summary>
    internal void Leave()
    {
        if (--_open == 0)
            _joiner.WakeAll(_loop);
    }

    private static async Coroutine EndedAsync() => await CoroutineCall.Nothing;

    private static async Coroutine RunBodyAsync(Func<CoroutineGroup, Coroutine> body, TaskGroupOptions options)
    {
        var outer = ScopeFlow.Innermost;
        var group = Open(options);
        try
        {
            await (body(group) ?? throw BodyIsNull());
        }
        catch (Exception exception)
        {
            group.JudgeBody(exception);
        }
        await group.CloseAsync();
        ScopeFlow.Innermost = outer;
        group.ThrowOutcome();
    }

    private static async Coroutine<T> RunBodyAsync<T>(
        Func<CoroutineGroup, Coroutine<T>> body,
        TaskGroupOptions options)
    {
        var outer = ScopeFlow.Innermost;
        var group = Open(options);
        var result = default(T)!;
        var hasResult = false;
        try
        {
            result = await (body(group) ?? throw BodyIsNull());
            hasResult = true;
        }
        catch (Exception exception)
        {
            group.JudgeBody(exception);
        }
        await group.CloseAsync();
        ScopeFlow.Innermost = outer;
        group.ThrowOutcome();
        return hasResult ? result : throw group._node.NewCancellation();
    }

    private static InvalidOperationException BodyIsNull() => new("The body returned null, not a coroutine.");

    private static CoroutineGroup Open(TaskGroupOptions options)
    {
        var loop = EventLoop.Get("CoroutineGroup.RunAsync");
        var node = new ScopeNode(loop, Waiter.Current);
        loop.CurrentNode.Attach(node);
        ScopeFlow.Innermost = node;
        var group = new CoroutineGroup(loop, node, options);
        if (options.StuckBodyWarning is not null)
            node.Group = group;
        if (options.Timeout is { } timeout)
            group._timeout = LoopTimer.ForGroup(loop, group.OnTimeout, timeout);
        return group;
    }

    private void JudgeBody(Exception failure)
    {
        if (failure is OperationCanceledException && _node.IsCancelled)
            _wasCutShort = true;
        else
            Keep(failure, cancels: true);
    }

    private void Keep(Exception failure, bool cancels)
    {
        if (_failures.Add(failure) == FailureLog.Verdict.Known)
            return;
        if (cancels)
            _loop.CancelReporting(_node);
    }

    private void OnTimeout()
    {
        if (_hasEnded)
            return;
        _failures.AddTimeout(new TimeoutException(
            $"The group{(Name is null ? "" : $" '{Name}'")} did not end within {_options.Timeout}."));
        _loop.CancelReporting(_node);
    }

    /// <summary>Its body is to end now.</summary>
    internal void OnCancelled()
    {
        if (_options.StuckBodyWarning is { } delay)
            _bodyWatch ??= LoopTimer.ForGroup(_loop, OnStuckBody, delay);
    }

    private void OnStuckBody()
    {
        var wait = _node.Owner?.Origin is { WaitingOn: { } found } task ? found.Describe(task) : null;
        ReportUnobserved(new TimeoutException(
            $"{this} was cancelled, but its body still runs after {_options.StuckBodyWarning}: "
            + (wait is null ? "it swallows its cancellation, or blocks." : $"it waits for {wait}, which goes on.")));
    }

    // Whoever waits here is not interrupted: the children are, and the group ends with them.
    private async Coroutine CloseAsync()
    {
        _node.Group = null;
        _bodyWatch?.Dispose();
        do
            await new GroupJoin(this);
        while (_open > 0);
        while (_services is { Count: > 0 } services)
        {
            var service = services[^1];
            service.Cancel(_loop);
            if (!service.HasEnded)
                await new GroupJoin(this, service);
            services.Remove(service);
        }
        while (_resources is { Count: > 0 } resources)
        {
            var resource = resources[^1];
            resources.RemoveAt(resources.Count - 1);
            try
            {
                await Coroutine.ShieldAsync(_ => DisposeAsync(resource));
            }
            catch (Exception exception)
            {
                Keep(exception, cancels: true);
            }
        }
        _hasEnded = true;
        _timeout?.Dispose();
        _node.End();
    }

    private static async Coroutine DisposeAsync(IAsyncDisposable resource) => await resource.DisposeAsync();

    private void ThrowOutcome()
    {
        var failures = _failures.ToList(withTimeout: _wasCutShort);
        if (failures.Count == 0)
        {
            if (_wasCutShort && _node.IsCancelledFromOutside)
                throw _node.Parent!.NewCancellation();
            return;
        }
        if (_options.ExceptionMode == TaskGroupExceptionMode.Aggregate)
            throw new AggregateException(failures);
        foreach (var further in failures.Skip(1))
            ReportUnobserved(further);
        ExceptionDispatchInfo.Throw(failures[0]);
    }

    internal void ReportUnobserved(Exception failure) =>
        UnobservedFailures.Report(_options.OnUnobservedException, Name, failure);

    private void RequireOpen()
    {
        if (EventLoop.Current != _loop)
            throw new InvalidOperationException("A group on an event loop is used on the loop's thread only.");
        if (_hasEnded)
            throw new InvalidOperationException($"{this}; nothing can be started in it any more.");
    }
}
