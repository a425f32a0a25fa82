namespace ScopedTasks.Analyzers.Apis;

/// <summary>Knows which methods only write an exception down, whoever declares them.</summary>
internal static class LoggingApis
{
    private static readonly string[] Words =
        ["Log", "Write", "Print", "Trace", "Debug", "Warn", "Error", "Info", "Console", "Report", "Show", "Notify"];

    // What is kept as a text is written down, too.
    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "ToString", "GetType", "Format", "Concat", "GetBaseException",
    };

    public static bool LooksLikeLogging(IMethodSymbol method) =>
        Texts.Contains(method.Name) || HasWord(method.Name) || HasWord(method.ContainingType.Name);

    private static bool HasWord(string name)
    {
        foreach (var word in Words)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
