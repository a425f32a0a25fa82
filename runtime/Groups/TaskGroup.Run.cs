using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// The lambda form: the group is there while its body runs.
public sealed partial class TaskGroup
{
    /// <summary>Runs a body that starts children, and waits for all of them.</summary>
    /// <param name="body">Begins inline; gets the group. What it throws cancels the children.</param>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <returns>
    /// A task that ends when the body and all children have: faulted with every failure, canceled with
    /// <paramref name="cancellationToken"/> if that cut something short, else successful.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public static Task RunAsync(Func<TaskGroup, Task> body, CancellationToken cancellationToken = default) =>
        RunAsync(body, TaskGroupOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAsync(Func{TaskGroup, Task}, CancellationToken)"/>
    /// <param name="body">Begins inline; gets the group. What it throws cancels the children.</param>
    /// <param name="options">Copied when the group opens.</param>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="body"/> or <paramref name="options"/> is null.
    /// </exception>
    public static Task RunAsync(
        Func<TaskGroup, Task> body,
        TaskGroupOptions options,
        CancellationToken cancellationToken = default) =>
        Run(body, options, new GroupCompletion<Unit>(), cancellationToken);

    /// <summary>Runs a body that starts children, waits for all of them, and returns the body's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="body">Begins inline; gets the group. What it throws cancels the children.</param>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <returns>
    /// A task that ends when the body and all children have: faulted with every failure; canceled with
    /// <paramref name="cancellationToken"/> if that cut something short, or with the group's own token if
    /// <see cref="Cancel"/> kept the body from returning a value; else with the body's value.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public static Task<T> RunAsync<T>(
        Func<TaskGroup, Task<T>> body,
        CancellationToken cancellationToken = default) =>
        RunAsync(body, TaskGroupOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{TaskGroup, Task{T}}, CancellationToken)"/>
    /// <param name="body">Begins inline; gets the group. What it throws cancels the children.</param>
    /// <param name="options">Copied when the group opens.</param>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="body"/> or <paramref name="options"/> is null.
    /// </exception>
    public static Task<T> RunAsync<T>(
        Func<TaskGroup, Task<T>> body,
        TaskGroupOptions options,
        CancellationToken cancellationToken = default) =>
        Run(body, options, new BodyCompletion<T>(), cancellationToken);

    /// <summary>Runs a body that only starts children and awaits nothing, and waits for all of them.</summary>
    /// <param name="body">Runs inline; gets the group. What it throws cancels the children.</param>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <returns>
    /// A task that ends when all children have: faulted with every failure, canceled with
    /// <paramref name="cancellationToken"/> if that cut something short, else successful.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public static Task RunAsync(Action<TaskGroup> body, CancellationToken cancellationToken = default) =>
        RunAsync(body, TaskGroupOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAsync(Action{TaskGroup}, CancellationToken)"/>
    /// <param name="body">Runs inline; gets the group. What it throws cancels the children.</param>
    /// <param name="options">Copied when the group opens.</param>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="body"/> or <paramref name="options"/> is null.
    /// </exception>
    public static Task RunAsync(
        Action<TaskGroup> body,
        TaskGroupOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var completion = new GroupCompletion<Unit>();
        var group = BeginLambda(options, completion, cancellationToken);
        group.StartBody(new SynchronousBody(group, body));
        return completion.Task;
    }

    /// <summary>Runs a group whose outcome the given completion decides.</summary>
    internal static Task<T> Run<T>(
        Func<TaskGroup, Task> body,
        TaskGroupOptions options,
        GroupCompletion<T> completion,
        CancellationToken outer,
        bool hasSlots = true)
    {
        ArgumentNullException.ThrowIfNull(body);
        var group = BeginLambda(options, completion, outer, hasSlots);
        group.StartBody(new AsynchronousBody(group, body));
        return completion.Task;
    }

    private static TaskGroup BeginLambda(
        TaskGroupOptions options, IGroupCompletion completion, CancellationToken outer, bool hasSlots = true)
    {
        ArgumentNullException.ThrowIfNull(options);
        var group = Begin(options, completion, outer, hasSlots);
        group._phase = Phase.Lambda;
        return group;
    }

    private void StartBody<TBody>(TBody body)
        where TBody : struct, ICall
    {
        _body = Invocation.Start(body);
        if (_body.IsCompleted)
            EndBody();
        else
            _body.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(EndBody);
    }

    private void EndBody()
    {
        if (_body is { IsCompletedSuccessfully: false })
            Judge(_body, isBody: true);
        _bodyEnded = true;
        Leave(Hold);
    }

    /// <summary>A body that may await, in the flow of its group.</summary>
    private readonly struct AsynchronousBody(TaskGroup group, Func<TaskGroup, Task> body) : ICall
    {
        public Task? Invoke()
        {
            group.EnterFlow();
            return body(group);
        }
    }

    /// <summary>A body that only starts children, in the flow of its group.</summary>
    private readonly struct SynchronousBody(TaskGroup group, Action<TaskGroup> body) : ICall
    {
        public Task? Invoke()
        {
            group.EnterFlow();
            body(group);
            return Task.CompletedTask;
        }
    }
}
