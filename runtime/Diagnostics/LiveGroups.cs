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
/// Groups come and go on all threads at once, and are looked at seldom: so the list is many lists, each under a lock
/// of its own that is held for a few instructions.
/// </remarks>
internal static class LiveGroups
{
    private static readonly Shard[] s_shards = MakeShards();
#if NET
    private static readonly Meter s_meter = ScopedTasksMeter.Create();
#endif
    private static long s_failures;

    /// <summary>How many groups have been opened since the process began.</summary>
    public static long OpenedCount => s_shards.Sum(shard => shard.OpenedCount);

    /// <summary>How many failures of children, bodies, services and resources there have been.</summary>
    public static long FailureCount => Volatile.Read(ref s_failures);

    /// <summary>Keeps a group that opens.</summary>
    public static void Add(GroupNode node) => ShardOf(node).Add(node);

    /// <summary>Forgets a group that ends.</summary>
    public static void Remove(GroupNode node) => ShardOf(node).Remove(node);

    /// <summary>Counts a failure.</summary>
    public static void CountFailure() => Interlocked.Increment(ref s_failures);

    /// <summary>The groups that live, in the order in which they were opened.</summary>
    public static List<TaskGroup> ToList() =>
        s_shards
            .SelectMany(shard => shard.ToList())
            .OrderBy(entry => entry.StartedAt)
            .Select(entry => entry.Group)
            .ToList();

    private static Shard ShardOf(GroupNode node) =>
        s_shards[(int)((ulong)node.StartedAt % (uint)s_shards.Length)];

    private static Shard[] MakeShards()
    {
        var shards = new Shard[Math.Min(4 * Environment.ProcessorCount, 128)];
        for (var index = 0; index < shards.Length; index++)
            shards[index] = new Shard();
        return shards;
    }

    /// <summary>One of the lists.</summary>
    private sealed class Shard
    {
        private const int FewestToSweep = 64;

        private GroupNode? _first;
        private GroupNode? _last;
        private int _count;
        private int _sweepAt = FewestToSweep;

        public long OpenedCount { get; private set; }

        public void Add(GroupNode node)
        {
            lock (this)
            {
                OpenedCount++;
                node.Previous = _last;
                if (_last is null)
                    _first = node;
                else
                    _last.Next = node;
                _last = node;
                if (++_count >= _sweepAt)
                    SweepAbandoned();
            }
        }

        public void Remove(GroupNode node)
        {
            lock (this)
                Unlink(node);
        }

        public List<(long StartedAt, TaskGroup Group)> ToList()
        {
            var groups = new List<(long, TaskGroup)>();
            lock (this)
            {
                for (var node = _first; node is not null; node = node.Next)
                {
                    if (node.Group is { } group)
                        groups.Add((node.StartedAt, group));
                }
            }
            return groups;
        }

        /// <summary>Forgets those that were collected without having been ended.</summary>
        private void SweepAbandoned()
        {
            for (var node = _first; node is not null;)
            {
                var next = node.Next;
                if (node.Group is null)
                    Unlink(node);
                node = next;
            }
            _sweepAt = Math.Max(FewestToSweep, 2 * _count);
        }

        private void Unlink(GroupNode node)
        {
            if (node.Previous is null && _first != node)
                return;
            if (node.Previous is null)
                _first = node.Next;
            else
                node.Previous.Next = node.Next;
            if (node.Next is null)
                _last = node.Previous;
            else
                node.Next.Previous = node.Previous;
            (node.Previous, node.Next) = (null, null);
            _count--;
        }
    }
}
