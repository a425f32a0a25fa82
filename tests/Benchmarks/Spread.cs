namespace ScopedTasks.Benchmarks;

/// <summary>The middle of what was measured, and the half of the rounds that lie around it.</summary>
internal readonly record struct Spread(double Low, double Median, double High);
