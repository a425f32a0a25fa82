using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace ScopedTasks;

// Those who wait for a token on an event loop: their scope cancels them, and a virtual clock passes over them.
public sealed partial class CapacityLimiter
{
    static partial void AskLoop(ref bool isCancelled) =>
        isCancelled = EventLoop.Current is { } loop && loop.CurrentNode.IsCancelled;

    partial void WaitOnLoop(CancellationToken cancellationToken, ref ValueTask<Lease>? wait)
    {
        if (EventLoop.Current is not { } loop
            || Waiter.Current is CoroutineRunner { IsForeignToLoops: true })
        {
            return;
        }
        var operation = new LoopWait(this);
        operation.Begin(loop, loop.CurrentNode.IsCancelled, cancellationToken);
        wait = new ValueTask<Lease>(operation, operation.Version);
    }

    /// <summary>Waits on an event loop.</summary>
    private sealed class LoopWait : LoopOperation, IValueTaskSource<Lease>
    {
        private readonly CapacityLimiter _limiter;
        private readonly LoopPlace _place;

        public LoopWait(CapacityLimiter limiter)
        {
            _limiter = limiter;
            _place = new LoopPlace(this);
        }

        public Lease GetResult(short token)
        {
            EndUse(token);
            return _place.Lease;
        }

        /// <summary>A token was lent to it, on any thread.</summary>
        public void OnGranted()
        {
            if (!Loop.TryRun(new CallbackItem(Take)))
                _place.Lease.Dispose();
        }

        protected override string Describe() => "CapacityLimiter.AcquireAsync";

        protected override void Start(bool isLate)
        {
            if (_limiter.BorrowOrStand(_place))
                Complete();
        }

        // If that comes too late a token is on its way, and goes back when it arrives.
        protected override void Withdraw() => _limiter.Forget(_place);

        protected override void Recycle()
        {
        }

        private void Take()
        {
            if (IsPending)
                Complete();
            else
                _place.Lease.Dispose();
        }
    }

    /// <summary>Stands in the line for somebody on an event loop.</summary>
    private sealed class LoopPlace(LoopWait wait) : Place
    {
        public override void Grant() => wait.OnGranted();
    }
}
