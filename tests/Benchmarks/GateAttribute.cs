using System;

namespace ScopedTasks.Benchmarks;

/// <summary>What a benchmark may cost: a ratio to the baseline of its class, and bytes of its own.</summary>
/// <param name="ratio">The most time it may take, in times of the baseline's.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GateAttribute(double ratio) : Attribute
{
    public double Ratio => ratio;

    /// <summary>The most bytes that one operation may allocate; 0 for no limit.</summary>
    public long Bytes { get; init; }
}
