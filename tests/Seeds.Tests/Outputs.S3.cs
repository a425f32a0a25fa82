namespace ScopedTasks.Seeds.Tests;

// The programs of document S3.
internal static partial class Outputs
{
    private const string S3 = """
        === S3-01
        nothing is cooked yet
        cooking 0
        0
        cooking 1
        1
        cooking 2
        2
        === S3-02
        1
        3
        6
        === S3-03
        child 0
        child 1
        child 2
        parent: child done
        endless
        endless
        endless
        endless: cleaned up
        parent: endless killed
        === S3-04
        # flat
        asked 1
        asked 2
        got 10 and 20
        # three deep
        asked 1
        asked 2
        got 10 and 20
        === S3-05
        2
        === S3-07
        Task: on the loop
        Task, ConfigureAwait(false): on the loop
        ValueTask: on the loop
        42
        Channel: on the loop
        IAsyncEnumerable: on the loop
        Coroutine: on the loop
        Sleep: on the loop
        Future: on the loop
        an awaiter of one's own: on the loop
        Task.Yield: on the loop
        === S3-11
        tick 1
        tick 2
        tick 3
        3 rows
        """;
}
