using System;

namespace ScopedTasks;

/// <summary>Lets a number of coroutines on an event loop into something: first come, first served.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Acquiring is a cancellation point. What is released goes to whoever has waited longest.</item>
/// <item>Anybody may release, also more than was acquired, up to the greatest count.</item>
/// <item>Threads: the loop's only.</item>
/// </list>
/// </remarks>
public sealed class AsyncSemaphore
{
    private readonly WaitQueue _waiters = new(static () => "AsyncSemaphore");
    private readonly int _maxCount;

    /// <summary>Makes a semaphore.</summary>
    /// <param name="initialCount">How many may enter at first.</param>
    /// <param name="maxCount">How many may ever be free.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The first number is negative or greater than the second, or that is not positive.
    /// </exception>
    public AsyncSemaphore(int initialCount, int maxCount = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        ArgumentOutOfRangeException.ThrowIfNegative(initialCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialCount, maxCount);
        (CurrentCount, _maxCount) = (initialCount, maxCount);
    }

    /// <summary>How many may enter now.</summary>
    public int CurrentCount { get; private set; }

    /// <summary>How many wait.</summary>
    public int WaitingCount => _waiters.Count;

    /// <summary>Waits until it may enter, and enters.</summary>
    /// <returns>What leaves again when it is disposed.</returns>
    public async Coroutine<Releaser> AcquireAsync()
    {
        await Coroutine.Checkpoint();
        if (CurrentCount > 0)
            CurrentCount--;
        else
            await new QueueWait(_waiters);
        return new Releaser(new Entry(this));
    }

    /// <summary>Enters if it may.</summary>
    /// <param name="releaser">What leaves again when it is disposed.</param>
    /// <returns>Whether it might.</returns>
    public bool TryAcquire(out Releaser releaser)
    {
        releaser = default;
        if (CurrentCount == 0)
            return false;
        CurrentCount--;
        releaser = new Releaser(new Entry(this));
        return true;
    }

    /// <summary>Lets one more in.</summary>
    /// <exception cref="InvalidOperationException">As many are free as may ever be.</exception>
    public void Release()
    {
        if (_waiters.Take() is { } next)
            next.Wake(WaitQueue.RequireLoop("A semaphore that somebody waits for"));
        else if (CurrentCount < _maxCount)
            CurrentCount++;
        else
            throw new InvalidOperationException($"The semaphore has its greatest count, {_maxCount}, already.");
    }

    /// <summary>Tells its state.</summary>
    /// <returns>How many may enter, and how many wait.</returns>
    public override string ToString() => $"AsyncSemaphore: {CurrentCount} free, {WaitingCount} waiting";

    /// <summary>Leaves a semaphore once: disposing it again, or a copy, or a default one, does nothing.</summary>
    public readonly struct Releaser : IDisposable
    {
        private readonly Entry? _entry;

        internal Releaser(Entry entry) => _entry = entry;

        /// <summary>Leaves the semaphore.</summary>
        public void Dispose() => _entry?.Leave();
    }

    /// <summary>What copies of a releaser share.</summary>
    internal sealed class Entry(AsyncSemaphore semaphore)
    {
        private bool _hasLeft;

        public void Leave()
        {
            if (_hasLeft)
                return;
            _hasLeft = true;
            semaphore.Release();
        }
    }
}
