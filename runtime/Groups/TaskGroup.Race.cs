using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// Several at once, for one value.
public sealed partial class TaskGroup
{
    /// <summary>Runs all contenders at once; the first one that succeeds wins.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>The others are cancelled and waited for; a value that one of them still returns is disposed; their
    /// failures go to the <c>ScopedTasks</c> event source.</item>
    /// <item>A contender that fails disturbs nobody; when all fail, all failures come out.</item>
    /// <item>They start in order, inline; those whose turn comes after the race is won do not start.</item>
    /// </list>
    /// </remarks>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="contenders">Each gets the race's token.</param>
    /// <param name="cancellationToken">The outer token: cancels all.</param>
    /// <returns>
    /// The winner's value; faulted with every failure if all failed; canceled with
    /// <paramref name="cancellationToken"/> if that cut short what might have won.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="contenders"/> is null.</exception>
    /// <exception cref="ArgumentException">There are no contenders, or one is null.</exception>
    public static Task<T> RaceAsync<T>(
        IEnumerable<Func<CancellationToken, Task<T>>> contenders,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        var starts = contenders.ToArray();
        if (starts.Length == 0)
            throw new ArgumentException("A race needs at least one contender.", nameof(contenders));
        if (Array.IndexOf(starts, null!) >= 0)
            throw new ArgumentException("A contender is null.", nameof(contenders));

        var race = new Race<T>();
        var group = Begin(Race<T>.Options, race, cancellationToken);
        race.Run(group, starts);
        group.EndBody();
        return race.Task;
    }
}
