using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.Analyzers.Flow.Values;

/// <summary>Where an awaitable stands in for its result.</summary>
/// <param name="Use">What is made of it.</param>
/// <param name="Value">
/// The whole expression that should have been awaited: <c>F()</c>, <c>F().ConfigureAwait(false)</c>,
/// <c>b ? F() : G()</c>.
/// </param>
/// <param name="Sink">The operation that takes it for a result.</param>
internal readonly record struct TaskValue(ValueUse Use, IOperation Value, IOperation Sink);
