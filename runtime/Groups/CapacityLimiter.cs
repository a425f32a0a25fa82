using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides who may use a limited number of something: first come, first served.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A returned token goes to whoever has waited longest, never to a <see cref="TryAcquire"/> that comes in
/// between.</item>
/// <item>Growing lets waiters in; shrinking takes nothing back; with a total of zero everybody waits.</item>
/// <item>Waiters go on asynchronously, never inside the call that returned a token.</item>
/// <item>On an event loop the scope of a waiter cancels it, without a token; in a cancelled one nothing is lent.</item>
/// <item>Threads: all members may be used from any thread, at the same time.</item>
/// </list>
/// After Trio's <c>CapacityLimiter</c>.
/// </remarks>
public sealed partial class CapacityLimiter
{
    private readonly object _gate = new();
    private Line<Place, Place.Neighbourhood> _waiting;
    private Token? _idle;
    private int _total;
    private int _borrowed;

    /// <summary>Makes a limiter.</summary>
    /// <param name="totalTokens">How many may be borrowed at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public CapacityLimiter(int totalTokens) => _total = Check(totalTokens, nameof(totalTokens));

    /// <summary>How many may be borrowed at once; fewer than are borrowed takes none of them back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int TotalTokens
    {
        get => Volatile.Read(ref _total);
        set
        {
            Check(value, nameof(value));
            lock (_gate)
                _total = value;
            LetIn();
        }
    }

    /// <summary>How many are borrowed.</summary>
    public int BorrowedTokens => Volatile.Read(ref _borrowed);

    /// <summary>How many wait.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Borrows a token, when one is free and all who came before have theirs.</summary>
    /// <param name="cancellationToken">Stops the waiting; when it is cancelled, a free token is not taken.</param>
    /// <returns>The lease; dispose it to return the token.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    public ValueTask<Lease> AcquireAsync(CancellationToken cancellationToken = default) =>
        !cancellationToken.IsCancellationRequested && !IsScopeCancelled && TryAcquire(out var lease)
            ? new ValueTask<Lease>(lease)
            : WaitAsync(cancellationToken);

    /// <summary>Borrows a token if one is free now.</summary>
    /// <param name="lease">The lease; dispose it to return the token.</param>
    /// <returns>Whether one was free.</returns>
    public bool TryAcquire(out Lease lease)
    {
        lock (_gate)
        {
            if (!IsFree)
            {
                lease = default;
                return false;
            }
            lease = Borrow();
            return true;
        }
    }

    /// <summary>Tells its state.</summary>
    /// <returns>How many tokens are borrowed, of how many, and how many wait.</returns>
    public override string ToString() =>
        $"CapacityLimiter: {BorrowedTokens} of {TotalTokens} borrowed, {WaitingCount} waiting";

    /// <summary>Whether a token is free that is not somebody's who waits.</summary>
    private bool IsFree => _borrowed < _total && _waiting.Count == 0;

    /// <summary>Whether the code that runs is on an event loop, in a cancelled scope.</summary>
    private static bool IsScopeCancelled
    {
        get
        {
            var isCancelled = false;
            AskLoop(ref isCancelled);
            return isCancelled;
        }
    }

    private static int Check(int totalTokens, string parameterName) =>
        totalTokens >= 0
            ? totalTokens
            : throw new ArgumentOutOfRangeException(
                parameterName,
                totalTokens,
                "The total must not be negative; 0 lets nobody in.");

    private Lease Borrow()
    {
        _borrowed++;
        var token = _idle ?? new Token(this);
        _idle = token.NextIdle;
        return new Lease(token, token.Version);
    }

    // Kept apart, so that who finds a token free does not carry what waiting takes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<Lease> WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new ValueTask<Lease>(Task.FromCanceled<Lease>(cancellationToken));
        ValueTask<Lease>? onLoop = null;
        WaitOnLoop(cancellationToken, ref onLoop);
        if (onLoop is { } wait)
            return wait;
        var place = new TaskPlace(this, cancellationToken);
        if (BorrowOrStand(place))
            return new ValueTask<Lease>(place.Lease);
        place.Watch();
        return new ValueTask<Lease>(place.Granted);
    }

    /// <summary>Asks the event loop that runs here, if one does, whether the innermost scope is cancelled.</summary>
    static partial void AskLoop(ref bool isCancelled);

    /// <summary>Waits on the event loop that runs here, if one does.</summary>
    partial void WaitOnLoop(CancellationToken cancellationToken, ref ValueTask<Lease>? wait);

    private bool BorrowOrStand(Place place)
    {
        lock (_gate)
        {
            if (IsFree)
            {
                place.Lease = Borrow();
                return true;
            }
            _waiting.Add(place);
            return false;
        }
    }

    private void Return(Token token, int version)
    {
        Place? next;
        lock (_gate)
        {
            if (token.Version != version)
                return;
            token.Version++;
            token.NextIdle = _idle;
            _idle = token;
            _borrowed--;
            next = LendToFirst();
        }
        next?.Grant();
    }

    private void LetIn()
    {
        while (true)
        {
            Place? next;
            lock (_gate)
                next = LendToFirst();
            if (next is null)
                return;
            next.Grant();
        }
    }

    /// <summary>Borrows for whoever has waited longest; under the lock.</summary>
    private Place? LendToFirst() => _waiting.Count == 0 || _borrowed >= _total ? null : LendTo(_waiting.First!);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Place LendTo(Place place)
    {
        _waiting.Remove(place);
        place.Lease = Borrow();
        return place;
    }

    private bool Forget(Place place)
    {
        lock (_gate)
            return _waiting.Remove(place);
    }
}
