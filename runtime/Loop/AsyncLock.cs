using System;

namespace ScopedTasks;

/// <summary>Lets one coroutine at a time on an event loop into something: first come, first served.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Acquiring is a cancellation point. A released lock is handed to whoever has waited longest; nobody can slip in
/// between.</item>
/// <item>It is released by the coroutine that holds it. When that ends without, the lock is broken: all who wait for
/// it, now and later, get a <see cref="BrokenResourceException"/>.</item>
/// <item>Not reentrant. Threads: the loop's only.</item>
/// </list>
/// After Trio's <c>Lock</c>.
/// </remarks>
public sealed class AsyncLock
{
    private readonly WaitQueue _waiters = new(static () => "AsyncLock");
    private LoopTask? _owner;
    private string? _brokenBy;
    private bool _isHeld;
    private int _version;
    private int _versions;

    /// <summary>How many wait.</summary>
    public int WaitingCount => _waiters.Count;

    /// <summary>Whether the code that runs holds it.</summary>
    internal bool IsMine => _isHeld && _owner == Waiter.Current?.Origin;

    /// <summary>Waits until the lock is free, and takes it.</summary>
    /// <returns>What releases it when it is disposed.</returns>
    /// <exception cref="BrokenResourceException">Its holder has ended.</exception>
    /// <exception cref="InvalidOperationException">The coroutine holds it already.</exception>
    public async Coroutine<Releaser> AcquireAsync()
    {
        await Coroutine.Checkpoint();
        ThrowIfBroken();
        if (!_isHeld)
        {
            Take(Waiter.Current);
        }
        else
        {
            if (_owner is not null && IsMine)
                throw new InvalidOperationException("The coroutine holds the lock already; it is not reentrant.");
            // Whoever releases it hands it over.
            await new QueueWait(_waiters);
        }
        return new Releaser(this, _version);
    }

    /// <summary>Takes the lock if it is free.</summary>
    /// <param name="releaser">What releases it when it is disposed.</param>
    /// <returns>Whether it was free.</returns>
    /// <exception cref="BrokenResourceException">Its holder has ended.</exception>
    public bool TryAcquire(out Releaser releaser)
    {
        ThrowIfBroken();
        releaser = default;
        if (_isHeld)
            return false;
        Take(Waiter.Current);
        releaser = new Releaser(this, _version);
        return true;
    }

    /// <summary>Releases the lock.</summary>
    /// <exception cref="InvalidOperationException">It is free, or another coroutine holds it.</exception>
    public void Release()
    {
        if (!_isHeld)
            throw new InvalidOperationException("The lock is free; nothing is to be released.");
        if (_owner is not null && !IsMine)
            throw new InvalidOperationException($"The lock is held by '{_owner.Name}', and by nobody else released.");
        _owner?.Extras.Locks!.Remove(this);
        if (_waiters.Take() is { } next)
        {
            Take(next);
            next.Wake(WaitQueue.RequireLoop("A lock that somebody waits for"));
        }
        else
        {
            (_isHeld, _owner) = (false, null);
        }
    }

    /// <summary>Tells its state.</summary>
    /// <returns>Who holds it, and how many wait.</returns>
    public override string ToString()
    {
        var state = _brokenBy is not null ? "broken" : !_isHeld ? "free" : $"held by '{_owner?.Name}'";
        return $"AsyncLock: {state}, {WaitingCount} waiting";
    }

    /// <summary>Releases the lock, for <see cref="ReacquireAsync"/>.</summary>
    /// <returns>Who let go of it.</returns>
    internal int LetGo()
    {
        var version = _version;
        Release();
        return version;
    }

    /// <summary>
    /// Waits for the lock, cancelled or not: for whoever had to let go of it meanwhile, and whose releaser counts
    /// again.
    /// </summary>
    internal Coroutine ReacquireAsync(int version) => Coroutine.ShieldAsync(async _ =>
    {
        await AcquireAsync();
        _version = version;
    });

    /// <summary>Its holder has ended.</summary>
    internal void Break(EventLoop loop)
    {
        _brokenBy = _owner!.Name;
        while (_waiters.Take() is { } waiter)
            waiter.WakeWith(loop, Broken());
    }

    private void Take(Waiter? waiter)
    {
        _isHeld = true;
        _version = ++_versions;
        _owner = waiter?.Origin;
        if (_owner is not null)
            (_owner.Extras.Locks ??= []).Add(this);
    }

    private void ThrowIfBroken()
    {
        if (_brokenBy is not null)
            throw Broken();
    }

    private BrokenResourceException Broken() =>
        new($"The coroutine '{_brokenBy}' ended while it held the lock; what the lock protects may be half done.");

    /// <summary>Releases a lock once: disposing it again, or a copy, or a default one, does nothing.</summary>
    public readonly struct Releaser : IDisposable
    {
        private readonly AsyncLock? _lock;
        private readonly int _version;

        internal Releaser(AsyncLock @lock, int version) => (_lock, _version) = (@lock, version);

        /// <summary>Releases the lock.</summary>
        public void Dispose()
        {
            if (_lock is { _isHeld: true } held && held._version == _version && held._brokenBy is null)
                held.Release();
        }
    }
}
