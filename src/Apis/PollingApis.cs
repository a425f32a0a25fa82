namespace ScopedTasks.Analyzers.Apis;

/// <summary>Knows which members merely look at what the program's own code changes.</summary>
internal static class PollingApis
{
    // They answer from memory; every other method may ask somebody outside, who tells nobody of a change.
    private static readonly HashSet<string> Looking = new(StringComparer.Ordinal)
    {
        "Volatile.Read", "Interlocked.Read", "Interlocked.CompareExchange", "Enumerable.Any", "Enumerable.All",
        "Enumerable.Count", "Enumerable.Contains", "String.IsNullOrEmpty", "Object.ReferenceEquals", "Object.Equals",
        "ConcurrentDictionary.ContainsKey", "Dictionary.ContainsKey", "HashSet.Contains", "List.Contains",
        "Nullable.GetValueOrDefault",
    };

    private static readonly HashSet<string> Clocks = new(StringComparer.Ordinal)
    {
        "DateTime", "DateTimeOffset", "Stopwatch", "Environment", "TimeSpan",
    };

    public static bool LooksOnly(IMethodSymbol method) =>
        Looking.Contains($"{method.ContainingType.Name}.{method.Name}");

    /// <summary>Whether the property tells the time.</summary>
    public static bool IsTime(IPropertySymbol property) => Clocks.Contains(property.ContainingType.Name);
}
