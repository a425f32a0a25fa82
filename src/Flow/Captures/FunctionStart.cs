using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.Analyzers.Flow.Captures;

/// <summary>A place that makes a lambda or local function run.</summary>
/// <param name="Call">The call or <c>new</c> that it is handed to, or its own call.</param>
/// <param name="Runs">When it runs, seen from there.</param>
/// <param name="Name">What runs it, as messages say it.</param>
/// <param name="Outlives">Whoever waits for the call does not wait for the function.</param>
internal sealed record FunctionStart(IOperation Call, RunTime Runs, string Name, bool Outlives = false);
