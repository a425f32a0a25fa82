namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>
/// How often a benchmark of a small operation does it, on a thread of the pool as a request handler would.
/// </summary>
/// <remarks>
/// One operation for each call would measure how fast the benchmark's own thread, which blocks, is woken. The loop
/// stands in each benchmark: one that all share is compiled for whichever operation came first.
/// </remarks>
internal static class Turns
{
    public const int Count = 1_000;
}
