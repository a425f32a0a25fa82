namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>Children of a loop that do nothing.</summary>
internal static class Children
{
    /// <summary>Runs a group of them.</summary>
    public static Coroutine RunAsync(int count) => CoroutineGroup.RunAsync(group =>
    {
        for (var index = 0; index < count; index++)
            group.Spawn(Nothing());
        return Nothing();
    });

    private static async Coroutine Nothing()
    {
    }
}
