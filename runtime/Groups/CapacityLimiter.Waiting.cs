using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// Those who wait for a token.
public sealed partial class CapacityLimiter
{
    /// <summary>Those who wait, in the order in which they came: each holds its neighbours.</summary>
    private struct WaitingLine
    {
        private Waiter? _last;

        public Waiter? First { get; private set; }

        public int Count { get; private set; }

        public void Add(Waiter waiter)
        {
            waiter.IsWaiting = true;
            waiter.Previous = _last;
            if (_last is null)
                First = waiter;
            else
                _last.Next = waiter;
            _last = waiter;
            Count++;
        }

        /// <summary>Takes one out, wherever it stands.</summary>
        /// <returns>Whether it was there.</returns>
        public bool Remove(Waiter waiter)
        {
            if (!waiter.IsWaiting)
                return false;
            waiter.IsWaiting = false;
            if (waiter.Previous is null)
                First = waiter.Next;
            else
                waiter.Previous.Next = waiter.Next;
            if (waiter.Next is null)
                _last = waiter.Previous;
            else
                waiter.Next.Previous = waiter.Previous;
            (waiter.Previous, waiter.Next) = (null, null);
            Count--;
            return true;
        }
    }

    /// <summary>Waits for a token.</summary>
    private class Waiter(CapacityLimiter limiter, CancellationToken cancellationToken)
        : TaskCompletionSource<Lease>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration _registration;

        /// <summary>Who came before.</summary>
        public Waiter? Previous { get; set; }

        /// <summary>Who came after.</summary>
        public Waiter? Next { get; set; }

        /// <summary>Whether it stands in the line.</summary>
        public bool IsWaiting { get; set; }

        public void Watch()
        {
            if (!cancellationToken.CanBeCanceled)
                return;
            _registration = cancellationToken.UnsafeRegister(static state => ((Waiter)state!).Cancel(), this);
            // It may have been granted before it was registered: who grants it looks after that for the registration.
            Interlocked.MemoryBarrier();
            if (Task.IsCompleted)
                _registration.Unregister();
        }

        /// <summary>What it is granted.</summary>
        public Lease Lease { get; set; }

        public virtual void Grant()
        {
            TrySetResult(Lease);
            _registration.Unregister();
        }

        private void Cancel()
        {
            if (limiter.Forget(this))
                TrySetCanceled(cancellationToken);
        }
    }
}
