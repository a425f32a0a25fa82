using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Decides a race of coroutines: the first success, else the failures.</summary>
internal sealed class CoroutineRace<T> : ITaskOwner
{
    private readonly List<Exception> _losers = [];
    private readonly List<object?> _late = [];
    private CoroutineGroup? _group;
    private LoopTask? _winner;
    private T? _value;

    /// <summary>Runs the contenders, until one has won.</summary>
    public async Coroutine<T> RunAsync(Coroutine<T>[] contenders)
    {
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                _group = group;
                foreach (var contender in contenders)
                    group.Begin(contender, name: null, this);
            },
            TaskGroupOptions.Collect);
        foreach (var value in _late)
            await Coroutine.ShieldAsync(_ => DisposeAsync(value));
        foreach (var failure in _losers)
            ScopedTasksEventSource.Log.Loser(failure);
        return _value!;
    }

    /// <inheritdoc/>
    public void OnEnded(EventLoop loop, LoopTask task)
    {
        var root = (Coroutine<T>)task.Leaf;
        if (_winner is not null)
            Lose(root);
        else if (root.Failure is null)
            Win(loop, task, root.Result);
        else
            _group!.JudgeChild(task);
        _group!.FreePlace();
        _group.Leave();
    }

    private void Win(EventLoop loop, LoopTask task, T value)
    {
        (_winner, _value) = (task, value);
        _losers.AddRange(_group!.ForgetFailures());
        loop.CancelReporting(_group.Node);
    }

    private void Lose(Coroutine<T> root)
    {
        if (root.Failure is null)
        {
            if (!ReferenceEquals(root.Result, _value))
                _late.Add(root.Result);
        }
        else if (root.Failure is not OperationCanceledException)
        {
            _losers.Add(root.Failure);
        }
    }

    private static async Coroutine DisposeAsync(object? value) => await LateWinner.DisposeAsync(value);
}
