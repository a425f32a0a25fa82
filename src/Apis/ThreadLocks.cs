namespace ScopedTasks.Analyzers.Apis;

/// <summary>One way to take a lock that belongs to the thread which took it.</summary>
/// <param name="Type">The full name of the type that declares the members.</param>
/// <param name="Takes">The members that take the lock.</param>
/// <param name="Gives">The members that give it back.</param>
/// <remarks>The lock is the receiver, or for a static member the first argument.</remarks>
internal sealed record ThreadLock(string Type, string[] Takes, string[] Gives);

/// <summary>The locks that break when the code goes on on another thread.</summary>
internal static class ThreadLocks
{
    public static ImmutableArray<ThreadLock> Rows { get; } = ImmutableArray.Create<ThreadLock>(
        new("System.Threading.Monitor", ["Enter", "TryEnter"], ["Exit"]),
        new("System.Threading.Lock", ["Enter", "TryEnter", "EnterScope"], ["Exit"]),
        new("System.Threading.Mutex", ["WaitOne"], ["ReleaseMutex"]),
        new("System.Threading.SpinLock", ["Enter", "TryEnter"], ["Exit"]),
        new("System.Threading.ReaderWriterLockSlim", ["EnterReadLock", "TryEnterReadLock"], ["ExitReadLock"]),
        new("System.Threading.ReaderWriterLockSlim", ["EnterWriteLock", "TryEnterWriteLock"], ["ExitWriteLock"]),
        new(
            "System.Threading.ReaderWriterLockSlim",
            ["EnterUpgradeableReadLock", "TryEnterUpgradeableReadLock"],
            ["ExitUpgradeableReadLock"]),
        new("System.Threading.ReaderWriterLock", ["AcquireReaderLock"], ["ReleaseReaderLock", "ReleaseLock"]),
        new("System.Threading.ReaderWriterLock", ["AcquireWriterLock"], ["ReleaseWriterLock", "ReleaseLock"]));
}
