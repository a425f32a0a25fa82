using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace ScopedTasks;

// What those who use the channel hold.
internal sealed partial class LoopChannel<T>
{
    /// <summary>Takes values out of a channel.</summary>
    private sealed class ReadingEnd(LoopChannel<T> channel) : ChannelReader<T>
    {
        public override bool CanCount => true;

        public override int Count => channel._values.Count;

        public override bool CanPeek => true;

        public override Task Completion => channel._completion.Task;

        public override bool TryRead(out T item)
        {
            channel.Check();
            return channel.TryRead(out item);
        }

        public override bool TryPeek(out T item)
        {
            channel.Check();
            return channel._values.TryPeek(out item!);
        }

        public override ValueTask<T> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<T>(cancellationToken);
            var current = channel.Check();
            var isCancelled = IsCancelled(current);
            if (!isCancelled)
            {
                if (channel.TryRead(out var value))
                    return new ValueTask<T>(value);
                if (channel._isClosed)
                    return ValueTask.FromException<T>(channel.Closed());
            }
            var loop = EventLoop.Get("LoopChannel.ReadAsync");
            var read = channel.NewRead();
            read.Begin(loop, isCancelled, cancellationToken);
            return new ValueTask<T>(read, read.Version);
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<bool>(cancellationToken);
            if (!IsCancelled(channel.Check()))
            {
                if (channel.CanRead)
                    return new ValueTask<bool>(true);
                if (channel._isClosed)
                    return channel.Ended();
            }
            return channel.WaitAsync(channel._readers, "LoopChannel.WaitToReadAsync", cancellationToken);
        }

        // Where there is no room somebody has to offer a hand: waiting until there is something to read offers none.
        public override IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) =>
            channel._capacity == 0 ? TakeAllAsync(cancellationToken) : base.ReadAllAsync(cancellationToken);

        private async IAsyncEnumerable<T> TakeAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (true)
            {
                T value;
                try
                {
                    value = await ReadAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (ChannelClosedException exception)
                {
                    if (exception.InnerException is { } error)
                        ExceptionDispatchInfo.Throw(error);
                    yield break;
                }
                yield return value;
            }
        }
    }

    /// <summary>Puts values into a channel.</summary>
    private sealed class WritingEnd(LoopChannel<T> channel) : ChannelWriter<T>
    {
        public override bool TryComplete(Exception? error = null)
        {
            channel.Check();
            return channel.TryClose(error);
        }

        public override bool TryWrite(T item)
        {
            channel.Check();
            return channel.TryWrite(item);
        }

        public override ValueTask WriteAsync(T item, CancellationToken cancellationToken = default)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled(cancellationToken);
            var current = channel.Check();
            var isCancelled = IsCancelled(current);
            if (!isCancelled)
            {
                if (channel.TryWrite(item))
                    return default;
                if (channel._isClosed)
                    return ValueTask.FromException(channel.Closed());
            }
            var loop = EventLoop.Get("LoopChannel.WriteAsync");
            var write = channel.NewWrite(item);
            write.Begin(loop, isCancelled, cancellationToken);
            return new ValueTask(write, write.Version);
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<bool>(cancellationToken);
            if (!IsCancelled(channel.Check()))
            {
                if (channel.CanWrite)
                    return new ValueTask<bool>(true);
                if (channel._isClosed)
                    return channel.Ended();
            }
            return channel.WaitAsync(channel._writers, "LoopChannel.WaitToWriteAsync", cancellationToken);
        }
    }
}
