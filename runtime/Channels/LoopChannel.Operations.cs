using System.Threading.Tasks.Sources;

namespace ScopedTasks;

// What those who wait for the channel wait for.
internal sealed partial class LoopChannel<T>
{
    /// <summary>Waits for a value.</summary>
    private sealed class Read(LoopChannel<T> channel) : LoopOperation, IValueTaskSource<T>
    {
        private T? _value;

        public Read? NextIdle { get; private set; }

        public void Give(T value)
        {
            _value = value;
            Complete();
        }

        public T GetResult(short token)
        {
            var value = _value;
            EndUse(token);
            return value!;
        }

        protected override string Describe() => "LoopChannel.ReadAsync";

        protected override void Start(bool isLate)
        {
            if (isLate && channel.TryRead(out var value))
            {
                Give(value);
            }
            else if (isLate && channel._isClosed)
            {
                Fail(channel.Closed());
            }
            else
            {
                channel._reads.Add(this);
                channel.Announce(channel._writers, isOpen: true);
            }
        }

        protected override void Recycle()
        {
            _value = default;
            NextIdle = channel._idleRead;
            channel._idleRead = this;
        }
    }

    /// <summary>Waits for room for a value, or for somebody to give it to.</summary>
    private sealed class Write(LoopChannel<T> channel) : LoopOperation, IValueTaskSource
    {
        private T? _value;

        public Write? NextIdle { get; private set; }

        public void Take(T value) => _value = value;

        public T TakeValue()
        {
            Complete();
            return _value!;
        }

        public void GetResult(short token) => EndUse(token);

        protected override string Describe() => "LoopChannel.WriteAsync";

        protected override void Start(bool isLate)
        {
            if (isLate && channel._isClosed)
            {
                Fail(channel.Closed());
            }
            else if (isLate && channel.TryWrite(_value!))
            {
                Complete();
            }
            else
            {
                channel._writes.Add(this);
                channel.Announce(channel._readers, isOpen: true);
            }
        }

        protected override void Recycle()
        {
            _value = default;
            NextIdle = channel._idleWrite;
            channel._idleWrite = this;
        }
    }

    /// <summary>Waits until it is worth trying.</summary>
    private sealed class Readiness(LoopChannel<T> channel) : LoopOperation, IValueTaskSource<bool>
    {
        private OperationQueue _waiting = channel._readers;
        private bool _isOpen;

        public Readiness? NextIdle { get; private set; }

        public void WaitIn(OperationQueue waiting) => _waiting = waiting;

        public void Announce(bool isOpen)
        {
            _isOpen = isOpen;
            Complete();
        }

        public bool GetResult(short token)
        {
            var isOpen = _isOpen;
            EndUse(token);
            return isOpen;
        }

        protected override string Describe() =>
            _waiting == channel._readers ? "LoopChannel.WaitToReadAsync" : "LoopChannel.WaitToWriteAsync";

        protected override void Start(bool isLate)
        {
            if (_waiting == channel._readers ? channel.CanRead : channel.CanWrite)
                Announce(true);
            else if (channel._isClosed)
                channel.Announce(this, isOpen: false);
            else
                _waiting.Add(this);
        }

        protected override void Recycle()
        {
            NextIdle = channel._idleReadiness;
            channel._idleReadiness = this;
        }
    }
}
