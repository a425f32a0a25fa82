using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// Several at once, each known: a group whose children are its arguments.
public sealed partial class TaskGroup
{
    /// <summary>Runs all work at once, inline up to the first await of each, and returns the values.</summary>
    /// <remarks>It is a group: the first failure cancels the others, and all have ended when the task ends.</remarks>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <returns>
    /// The values; faulted with every failure; canceled with <paramref name="cancellationToken"/> if that cut
    /// something short.
    /// </returns>
    /// <exception cref="ArgumentNullException">A delegate is null.</exception>
    public static Task<(T1, T2)> WhenAllAsync<T1, T2>(
        Func<CancellationToken, Task<T1>> a,
        Func<CancellationToken, Task<T2>> b,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var completion = new ResultCompletion<(T1, T2)>();
        var group = Begin(TaskGroupOptions.Default, completion, cancellationToken);
        var first = group.Start(a);
        var second = group.Start(b);
        completion.GetResult = () => (first.Result, second.Result);
        group.EndBody();
        return completion.Task;
    }

    /// <summary>Runs all work at once, inline up to the first await of each.</summary>
    /// <remarks>It is a group: the first failure cancels the others, and all have ended when the task ends.</remarks>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <returns>
    /// Successful when all were; faulted with every failure; canceled with <paramref name="cancellationToken"/> if
    /// that cut something short.
    /// </returns>
    /// <exception cref="ArgumentNullException">A delegate is null.</exception>
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> a,
        Func<CancellationToken, Task> b,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return SpawnAll([a, b], cancellationToken);
    }

    /// <inheritdoc
    /// cref="WhenAllAsync{T1,T2}(Func{CancellationToken,Task{T1}},Func{CancellationToken,Task{T2}},CancellationToken)"
    /// />
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task<(T1, T2, T3)> WhenAllAsync<T1, T2, T3>(
        Func<CancellationToken, Task<T1>> a,
        Func<CancellationToken, Task<T2>> b,
        Func<CancellationToken, Task<T3>> c,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        var completion = new ResultCompletion<(T1, T2, T3)>();
        var group = Begin(TaskGroupOptions.Default, completion, cancellationToken);
        var first = group.Start(a);
        var second = group.Start(b);
        var third = group.Start(c);
        completion.GetResult = () => (first.Result, second.Result, third.Result);
        group.EndBody();
        return completion.Task;
    }

    /// <inheritdoc
    /// cref="WhenAllAsync(Func{CancellationToken, Task}, Func{CancellationToken, Task}, CancellationToken)"/>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> a,
        Func<CancellationToken, Task> b,
        Func<CancellationToken, Task> c,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        return SpawnAll([a, b, c], cancellationToken);
    }

    /// <inheritdoc
    /// cref="WhenAllAsync{T1,T2}(Func{CancellationToken,Task{T1}},Func{CancellationToken,Task{T2}},CancellationToken)"
    /// />
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task<(T1, T2, T3, T4)> WhenAllAsync<T1, T2, T3, T4>(
        Func<CancellationToken, Task<T1>> a,
        Func<CancellationToken, Task<T2>> b,
        Func<CancellationToken, Task<T3>> c,
        Func<CancellationToken, Task<T4>> d,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        var completion = new ResultCompletion<(T1, T2, T3, T4)>();
        var group = Begin(TaskGroupOptions.Default, completion, cancellationToken);
        var first = group.Start(a);
        var second = group.Start(b);
        var third = group.Start(c);
        var fourth = group.Start(d);
        completion.GetResult = () => (first.Result, second.Result, third.Result, fourth.Result);
        group.EndBody();
        return completion.Task;
    }

    /// <inheritdoc
    /// cref="WhenAllAsync(Func{CancellationToken, Task}, Func{CancellationToken, Task}, CancellationToken)"/>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> a,
        Func<CancellationToken, Task> b,
        Func<CancellationToken, Task> c,
        Func<CancellationToken, Task> d,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        return SpawnAll([a, b, c, d], cancellationToken);
    }

    /// <inheritdoc
    /// cref="WhenAllAsync{T1,T2}(Func{CancellationToken,Task{T1}},Func{CancellationToken,Task{T2}},CancellationToken)"
    /// />
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <typeparam name="T5">The type of the fifth value.</typeparam>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task<(T1, T2, T3, T4, T5)> WhenAllAsync<T1, T2, T3, T4, T5>(
        Func<CancellationToken, Task<T1>> a,
        Func<CancellationToken, Task<T2>> b,
        Func<CancellationToken, Task<T3>> c,
        Func<CancellationToken, Task<T4>> d,
        Func<CancellationToken, Task<T5>> e,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        var completion = new ResultCompletion<(T1, T2, T3, T4, T5)>();
        var group = Begin(TaskGroupOptions.Default, completion, cancellationToken);
        var first = group.Start(a);
        var second = group.Start(b);
        var third = group.Start(c);
        var fourth = group.Start(d);
        var fifth = group.Start(e);
        completion.GetResult = () => (first.Result, second.Result, third.Result, fourth.Result, fifth.Result);
        group.EndBody();
        return completion.Task;
    }

    /// <inheritdoc
    /// cref="WhenAllAsync(Func{CancellationToken, Task}, Func{CancellationToken, Task}, CancellationToken)"/>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> a,
        Func<CancellationToken, Task> b,
        Func<CancellationToken, Task> c,
        Func<CancellationToken, Task> d,
        Func<CancellationToken, Task> e,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        return SpawnAll([a, b, c, d, e], cancellationToken);
    }

    /// <inheritdoc
    /// cref="WhenAllAsync{T1,T2}(Func{CancellationToken,Task{T1}},Func{CancellationToken,Task{T2}},CancellationToken)"
    /// />
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <typeparam name="T5">The type of the fifth value.</typeparam>
    /// <typeparam name="T6">The type of the sixth value.</typeparam>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="f">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task<(T1, T2, T3, T4, T5, T6)> WhenAllAsync<T1, T2, T3, T4, T5, T6>(
        Func<CancellationToken, Task<T1>> a,
        Func<CancellationToken, Task<T2>> b,
        Func<CancellationToken, Task<T3>> c,
        Func<CancellationToken, Task<T4>> d,
        Func<CancellationToken, Task<T5>> e,
        Func<CancellationToken, Task<T6>> f,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(f);
        var completion = new ResultCompletion<(T1, T2, T3, T4, T5, T6)>();
        var group = Begin(TaskGroupOptions.Default, completion, cancellationToken);
        var first = group.Start(a);
        var second = group.Start(b);
        var third = group.Start(c);
        var fourth = group.Start(d);
        var fifth = group.Start(e);
        var sixth = group.Start(f);
        completion.GetResult = () => (
            first.Result,
            second.Result,
            third.Result,
            fourth.Result,
            fifth.Result,
            sixth.Result);
        group.EndBody();
        return completion.Task;
    }

    /// <inheritdoc
    /// cref="WhenAllAsync(Func{CancellationToken, Task}, Func{CancellationToken, Task}, CancellationToken)"/>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="f">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> a,
        Func<CancellationToken, Task> b,
        Func<CancellationToken, Task> c,
        Func<CancellationToken, Task> d,
        Func<CancellationToken, Task> e,
        Func<CancellationToken, Task> f,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(f);
        return SpawnAll([a, b, c, d, e, f], cancellationToken);
    }

    /// <inheritdoc
    /// cref="WhenAllAsync{T1,T2}(Func{CancellationToken,Task{T1}},Func{CancellationToken,Task{T2}},CancellationToken)"
    /// />
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <typeparam name="T5">The type of the fifth value.</typeparam>
    /// <typeparam name="T6">The type of the sixth value.</typeparam>
    /// <typeparam name="T7">The type of the seventh value.</typeparam>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="f">Gets the group's token.</param>
    /// <param name="g">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task<(T1, T2, T3, T4, T5, T6, T7)> WhenAllAsync<T1, T2, T3, T4, T5, T6, T7>(
        Func<CancellationToken, Task<T1>> a,
        Func<CancellationToken, Task<T2>> b,
        Func<CancellationToken, Task<T3>> c,
        Func<CancellationToken, Task<T4>> d,
        Func<CancellationToken, Task<T5>> e,
        Func<CancellationToken, Task<T6>> f,
        Func<CancellationToken, Task<T7>> g,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(g);
        var completion = new ResultCompletion<(T1, T2, T3, T4, T5, T6, T7)>();
        var group = Begin(TaskGroupOptions.Default, completion, cancellationToken);
        var first = group.Start(a);
        var second = group.Start(b);
        var third = group.Start(c);
        var fourth = group.Start(d);
        var fifth = group.Start(e);
        var sixth = group.Start(f);
        var seventh = group.Start(g);
        completion.GetResult = () => (
            first.Result,
            second.Result,
            third.Result,
            fourth.Result,
            fifth.Result,
            sixth.Result,
            seventh.Result);
        group.EndBody();
        return completion.Task;
    }

    /// <inheritdoc
    /// cref="WhenAllAsync(Func{CancellationToken, Task}, Func{CancellationToken, Task}, CancellationToken)"/>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="f">Gets the group's token.</param>
    /// <param name="g">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> a,
        Func<CancellationToken, Task> b,
        Func<CancellationToken, Task> c,
        Func<CancellationToken, Task> d,
        Func<CancellationToken, Task> e,
        Func<CancellationToken, Task> f,
        Func<CancellationToken, Task> g,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(g);
        return SpawnAll([a, b, c, d, e, f, g], cancellationToken);
    }

    /// <inheritdoc
    /// cref="WhenAllAsync{T1,T2}(Func{CancellationToken,Task{T1}},Func{CancellationToken,Task{T2}},CancellationToken)"
    /// />
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <typeparam name="T5">The type of the fifth value.</typeparam>
    /// <typeparam name="T6">The type of the sixth value.</typeparam>
    /// <typeparam name="T7">The type of the seventh value.</typeparam>
    /// <typeparam name="T8">The type of the eighth value.</typeparam>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="f">Gets the group's token.</param>
    /// <param name="g">Gets the group's token.</param>
    /// <param name="h">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task<(T1, T2, T3, T4, T5, T6, T7, T8)> WhenAllAsync<T1, T2, T3, T4, T5, T6, T7, T8>(
        Func<CancellationToken, Task<T1>> a,
        Func<CancellationToken, Task<T2>> b,
        Func<CancellationToken, Task<T3>> c,
        Func<CancellationToken, Task<T4>> d,
        Func<CancellationToken, Task<T5>> e,
        Func<CancellationToken, Task<T6>> f,
        Func<CancellationToken, Task<T7>> g,
        Func<CancellationToken, Task<T8>> h,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(g);
        ArgumentNullException.ThrowIfNull(h);
        var completion = new ResultCompletion<(T1, T2, T3, T4, T5, T6, T7, T8)>();
        var group = Begin(TaskGroupOptions.Default, completion, cancellationToken);
        var first = group.Start(a);
        var second = group.Start(b);
        var third = group.Start(c);
        var fourth = group.Start(d);
        var fifth = group.Start(e);
        var sixth = group.Start(f);
        var seventh = group.Start(g);
        var eighth = group.Start(h);
        completion.GetResult = () => (
            first.Result,
            second.Result,
            third.Result,
            fourth.Result,
            fifth.Result,
            sixth.Result,
            seventh.Result,
            eighth.Result);
        group.EndBody();
        return completion.Task;
    }

    /// <inheritdoc
    /// cref="WhenAllAsync(Func{CancellationToken, Task}, Func{CancellationToken, Task}, CancellationToken)"/>
    /// <param name="a">Gets the group's token.</param>
    /// <param name="b">Gets the group's token.</param>
    /// <param name="c">Gets the group's token.</param>
    /// <param name="d">Gets the group's token.</param>
    /// <param name="e">Gets the group's token.</param>
    /// <param name="f">Gets the group's token.</param>
    /// <param name="g">Gets the group's token.</param>
    /// <param name="h">Gets the group's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    public static Task WhenAllAsync(
        Func<CancellationToken, Task> a,
        Func<CancellationToken, Task> b,
        Func<CancellationToken, Task> c,
        Func<CancellationToken, Task> d,
        Func<CancellationToken, Task> e,
        Func<CancellationToken, Task> f,
        Func<CancellationToken, Task> g,
        Func<CancellationToken, Task> h,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(g);
        ArgumentNullException.ThrowIfNull(h);
        return SpawnAll([a, b, c, d, e, f, g, h], cancellationToken);
    }

    private static Task<Unit> SpawnAll(Func<CancellationToken, Task>[] work, CancellationToken outer)
    {
        var completion = new GroupCompletion<Unit>();
        var group = Begin(TaskGroupOptions.Default, completion, outer);
        foreach (var child in work)
            group.Spawn(child);
        group.EndBody();
        return completion.Task;
    }
}
