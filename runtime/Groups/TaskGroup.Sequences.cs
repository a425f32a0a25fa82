using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// Many at once: a group whose children are made from a sequence.
public sealed partial class TaskGroup
{
    /// <summary>Runs all work of a sequence, inline up to the first await of each, and returns the values.</summary>
    /// <remarks>
    /// It is a group: the first failure cancels the others, and all have ended when the task ends.
    /// </remarks>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="work">Each gets the group's token. Taken as <c>ForEachAsync</c> takes its source.</param>
    /// <param name="maxConcurrency">How many may run at once; -1 for any number.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <returns>
    /// The values, in the order of the sequence; faulted with every failure; canceled with
    /// <paramref name="cancellationToken"/> if that cut something short.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxConcurrency"/> is 0 or below -1.
    /// </exception>
    public static Task<T[]> WhenAllAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> work,
        int maxConcurrency = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Select(
            ItemSource.From(work),
            static (item, token) => (item ?? throw NullWork())(token),
            Limit(maxConcurrency),
            fillsPlaces: true,
            cancellationToken);
    }

    /// <inheritdoc cref="WhenAllAsync{T}(IEnumerable{Func{CancellationToken, Task{T}}}, int, CancellationToken)"/>
    public static Task<T[]> WhenAllAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> work,
        CancellationToken cancellationToken) =>
        WhenAllAsync(work, maxConcurrency: -1, cancellationToken);

    /// <summary>Runs all work of a sequence, inline up to the first await of each.</summary>
    /// <remarks>
    /// It is a group: the first failure cancels the others, and all have ended when the task ends.
    /// </remarks>
    /// <param name="work">Each gets the group's token. Taken as <c>ForEachAsync</c> takes its source.</param>
    /// <param name="maxConcurrency">How many may run at once; -1 for any number.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <returns>
    /// Successful when all were; faulted with every failure; canceled with <paramref name="cancellationToken"/> if
    /// that cut something short.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxConcurrency"/> is 0 or below -1.
    /// </exception>
    public static Task WhenAllAsync(
        IEnumerable<Func<CancellationToken, Task>> work,
        int maxConcurrency = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ForEach(
            ItemSource.From(work),
            static (item, token) => (item ?? throw NullWork())(token),
            Limit(maxConcurrency),
            fillsPlaces: true,
            cancellationToken);
    }

    /// <inheritdoc cref="WhenAllAsync(IEnumerable{Func{CancellationToken, Task}}, int, CancellationToken)"/>
    public static Task WhenAllAsync(
        IEnumerable<Func<CancellationToken, Task>> work,
        CancellationToken cancellationToken) =>
        WhenAllAsync(work, maxConcurrency: -1, cancellationToken);

    /// <summary>Runs work for each item of a sequence, a limited number at once.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>It is a group: the first failure cancels the others, no further item is started, and all that were
    /// started have ended when the task ends.</item>
    /// <item>Items start one after another, in order, on the caller's context, inline up to the first await of
    /// each.</item>
    /// <item>The next item is taken when there is a place for it. A source that is an
    /// <see cref="ICollection{T}"/> is copied first: the work may change it.</item>
    /// <item>What the source throws is a failure of the group; it is disposed when the last item was taken.</item>
    /// </list>
    /// </remarks>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="source">The items.</param>
    /// <param name="body">Gets an item and the group's token.</param>
    /// <param name="maxConcurrency">How many may run at once; -1 for any number.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <returns>
    /// Successful when all work was; faulted with every failure; canceled with
    /// <paramref name="cancellationToken"/> if that cut something short.
    /// </returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="source"/> or <paramref name="body"/> is null.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxConcurrency"/> is 0 or below -1.
    /// </exception>
    public static Task ForEachAsync<T>(
        IEnumerable<T> source,
        Func<T, CancellationToken, Task> body,
        int maxConcurrency,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ForEach(ItemSource.From(source), body, Limit(maxConcurrency), fillsPlaces: false, cancellationToken);
    }

    /// <inheritdoc cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, int, CancellationToken)"/>
    public static Task ForEachAsync<T>(
        IAsyncEnumerable<T> source,
        Func<T, CancellationToken, Task> body,
        int maxConcurrency,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ForEach(ItemSource.From(source), body, Limit(maxConcurrency), fillsPlaces: false, cancellationToken);
    }

    /// <inheritdoc cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, int, CancellationToken)"/>
    /// <param name="source">The items.</param>
    /// <param name="body">Gets an item and the group's token.</param>
    /// <param name="options">Limit, failure mode, timeout and the rest; copied at the start.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="source"/>, <paramref name="body"/> or <paramref name="options"/> is null.
    /// </exception>
    public static Task ForEachAsync<T>(
        IEnumerable<T> source,
        Func<T, CancellationToken, Task> body,
        TaskGroupOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ForEach(ItemSource.From(source), body, options, fillsPlaces: false, cancellationToken);
    }

    /// <inheritdoc
    /// cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, TaskGroupOptions, CancellationToken)"/>
    public static Task ForEachAsync<T>(
        IAsyncEnumerable<T> source,
        Func<T, CancellationToken, Task> body,
        TaskGroupOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ForEach(ItemSource.From(source), body, options, fillsPlaces: false, cancellationToken);
    }

    /// <summary>Runs work for each item of a sequence, a limited number at once, and returns the results.</summary>
    /// <remarks>
    /// <inheritdoc
    /// cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, int, CancellationToken)"/>
    /// </remarks>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="source">The items.</param>
    /// <param name="body">Gets an item and the group's token.</param>
    /// <param name="maxConcurrency">How many may run at once; -1 for any number.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <returns>
    /// The results, in the order of the source; faulted with every failure; canceled with
    /// <paramref name="cancellationToken"/> if that cut something short.
    /// </returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="source"/> or <paramref name="body"/> is null.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxConcurrency"/> is 0 or below -1.
    /// </exception>
    public static Task<TResult[]> SelectAsync<T, TResult>(
        IEnumerable<T> source,
        Func<T, CancellationToken, Task<TResult>> body,
        int maxConcurrency,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Select(ItemSource.From(source), body, Limit(maxConcurrency), fillsPlaces: false, cancellationToken);
    }

    /// <inheritdoc
    /// cref="SelectAsync{T,TResult}(IEnumerable{T},Func{T,CancellationToken,Task{TResult}},int,CancellationToken)"/>
    public static Task<TResult[]> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> source,
        Func<T, CancellationToken, Task<TResult>> body,
        int maxConcurrency,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Select(ItemSource.From(source), body, Limit(maxConcurrency), fillsPlaces: false, cancellationToken);
    }

    private static ArgumentException NullWork() =>
        new("An element of the sequence is null; every one must be work that can be started.", "work");

    private static TaskGroupOptions Limit(int maxConcurrency) =>
        TaskGroupOptions.CheckConcurrency(maxConcurrency, nameof(maxConcurrency)) == -1
            ? TaskGroupOptions.Default
            : new TaskGroupOptions { MaxConcurrency = maxConcurrency };

    private static Task<Unit> ForEach<T>(
        Func<CancellationToken, ItemSource<T>> source,
        Func<T, CancellationToken, Task> body,
        TaskGroupOptions options,
        bool fillsPlaces,
        CancellationToken outer)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Run(
            group => new ItemFeeder<T>(group, body, results: null, fillsPlaces).RunAsync(source),
            options,
            new GroupCompletion<Unit>(),
            outer,
            hasSlots: false);
    }

    private static Task<TResult[]> Select<T, TResult>(
        Func<CancellationToken, ItemSource<T>> source,
        Func<T, CancellationToken, Task<TResult>> body,
        TaskGroupOptions options,
        bool fillsPlaces,
        CancellationToken outer)
    {
        ArgumentNullException.ThrowIfNull(body);
        var results = new ItemResults<TResult>();
        return Run(
            group => new ItemFeeder<T>(group, body, results, fillsPlaces).RunAsync(source),
            options,
            new ResultCompletion<TResult[]> { GetResult = results.ToArray },
            outer,
            hasSlots: false);
    }
}
