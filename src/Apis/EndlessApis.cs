namespace ScopedTasks.Analyzers.Apis;

/// <summary>Knows by their names which methods give one thing after another until somebody stops them.</summary>
internal static class EndlessApis
{
    private static readonly string[] Stopping = ["Stop", "Shutdown", "Close", "Cancel", "Complete"];

    /// <summary>Whether it takes the next connection, of whatever type.</summary>
    public static bool LooksLikeAccept(string methodName) =>
        methodName.StartsWith("Accept", StringComparison.Ordinal)
        || methodName is "GetContextAsync" or "GetContext" or "WaitForConnectionAsync";

    /// <summary>Whether it gives what is still to come, until the queue is completed.</summary>
    public static bool LooksLikeReader(string methodName) => methodName is "ReadAllAsync" or "GetConsumingEnumerable";

    /// <summary>Whether it says, by a condition, that there is a next one.</summary>
    public static bool LooksLikeNext(string methodName) =>
        methodName is "WaitToReadAsync" or "WaitForNextTickAsync";

    /// <summary>Whether it makes what it is called on end the work that it does.</summary>
    public static bool LooksLikeStop(string methodName)
    {
        foreach (var word in Stopping)
        {
            if (methodName.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
