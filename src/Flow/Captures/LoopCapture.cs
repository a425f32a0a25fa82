namespace ScopedTasks.Analyzers.Flow.Captures;

/// <summary>A variable that a loop changes while work which it started may still read it.</summary>
/// <param name="Variable">The local or parameter.</param>
/// <param name="Read">The first read of it that may come too late.</param>
/// <param name="Function">The lambda or local function that captures it.</param>
/// <param name="Start">What runs that function.</param>
/// <param name="Loop">The loop that changes it.</param>
internal sealed record LoopCapture(
    ISymbol Variable, IOperation Read, IOperation Function, FunctionStart Start, ILoopOperation Loop);
