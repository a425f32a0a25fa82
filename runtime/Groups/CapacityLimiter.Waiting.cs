using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// Those who wait for a token.
public sealed partial class CapacityLimiter
{
    /// <summary>Where one who waits for a token stands in the line.</summary>
    private abstract class Place
    {
        private Neighbours<Place> _neighbours;

        /// <summary>What it is granted.</summary>
        public Lease Lease { get; set; }

        /// <summary>Says that it has its lease; on any thread.</summary>
        public abstract void Grant();

        /// <summary>Finds its neighbours in the line.</summary>
        public readonly struct Neighbourhood : INeighbours<Place>
        {
            /// <inheritdoc/>
            public ref Neighbours<Place> Of(Place item) => ref item._neighbours;
        }
    }

    /// <summary>Stands in the line for a task.</summary>
    private sealed class TaskPlace(CapacityLimiter limiter, CancellationToken cancellationToken) : Place
    {
        private readonly TaskCompletionSource<Lease> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenRegistration _registration;

        public Task<Lease> Granted => _granted.Task;

        public void Watch()
        {
            if (!cancellationToken.CanBeCanceled)
                return;
            _registration = cancellationToken.UnsafeRegister(static place => ((TaskPlace)place!).Cancel(), this);
            // It may have been granted before it was registered: who grants it looks after that for the registration.
            Interlocked.MemoryBarrier();
            if (Granted.IsCompleted)
                _registration.Unregister();
        }

        public override void Grant()
        {
            _granted.TrySetResult(Lease);
            _registration.Unregister();
        }

        private void Cancel()
        {
            if (limiter.Forget(this))
                _granted.TrySetCanceled(cancellationToken);
        }
    }
}
