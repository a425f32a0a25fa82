using System;
using System.Collections.Generic;
#if NET
using System.Diagnostics.Metrics;
#endif
using System.Linq;
using System.Threading;

namespace ScopedTasks;

/// <summary>Knows the groups that have not ended, for whoever looks at the process.</summary>
/// <remarks>
/// Groups come and go on all threads at once, and are looked at seldom: so they are kept in many parts, and each group
/// in that of the thread which opened it.
/// </remarks>
internal static class LiveGroups
{
    private static readonly GroupShard[] s_shards = MakeShards();
#if NET
    private static readonly Meter s_meter = ScopedTasksMeter.Create();
#endif
    private static long s_failures;
    private static long s_opened;

    /// <summary>How many groups have been opened since the process began.</summary>
    public static long OpenedCount => Volatile.Read(ref s_opened);

    /// <summary>How many failures of children, bodies, services and resources there have been.</summary>
    public static long FailureCount => Volatile.Read(ref s_failures);

    /// <summary>Counts a group that opens.</summary>
    /// <returns>Its number: larger than those of all that were opened before.</returns>
    public static long Count() => Interlocked.Increment(ref s_opened);

    /// <summary>Keeps a group that opens.</summary>
    public static void Add(GroupNode node) => ShardOfThread().Add(node);

    /// <summary>Keeps a group that opens, as long as somebody else holds it.</summary>
    public static void AddWeakly(GroupNode node, TaskGroup group) => ShardOfThread().AddWeakly(node, group);

    /// <summary>Forgets a group that ends.</summary>
    public static void Remove(GroupNode node) => node.Shard!.Remove(node);

    /// <summary>Counts a failure.</summary>
    public static void CountFailure() => Interlocked.Increment(ref s_failures);

    /// <summary>The groups that live, in the order in which they were opened.</summary>
    public static List<TaskGroup> ToList() =>
        s_shards
            .SelectMany(shard => shard.ToList())
            .OrderBy(entry => entry.Number)
            .Select(entry => entry.Group)
            .ToList();

    // A group mostly ends on the thread on which it began, or near it: then the part is in that core's cache.
    private static GroupShard ShardOfThread() =>
        s_shards[(uint)Environment.CurrentManagedThreadId % (uint)s_shards.Length];

    private static GroupShard[] MakeShards()
    {
        var shards = new GroupShard[Math.Min(4 * Environment.ProcessorCount, 128)];
        for (var index = 0; index < shards.Length; index++)
            shards[index] = new GroupShard();
        return shards;
    }
}
