using System;

namespace ScopedTasks;

/// <summary>Decides in which order those run that can run in the same turn of an event loop.</summary>
/// <remarks>
/// A turn runs what could run when it began. Code that relies on the order within a turn is wrong, and shuffling finds
/// it.
/// </remarks>
public sealed class SchedulingOrder
{
    private readonly int? _seed;

    private SchedulingOrder(int? seed) => _seed = seed;

    /// <summary>In the order in which they became able to run; the default.</summary>
    public static SchedulingOrder Fifo { get; } = new(seed: null);

    /// <summary>In a random order that is the same each time.</summary>
    /// <param name="seed">Which one.</param>
    /// <returns>The order.</returns>
    public static SchedulingOrder Shuffled(int seed) => new(seed);

    /// <summary>Tells the order.</summary>
    /// <returns>Which one it is, and its seed.</returns>
    public override string ToString() =>
        _seed is { } seed ? $"SchedulingOrder: shuffled, {seed}" : "SchedulingOrder: FIFO";

    /// <summary>Where a new loop takes its order from; null for FIFO.</summary>
    internal Random? NewRandom() => _seed is { } seed ? new Random(seed) : null;
}
