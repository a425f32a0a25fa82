using System;
using System.Threading.Channels;

namespace ScopedTasks;

/// <summary>Makes channels through which coroutines of one event loop hand values to each other.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>They are channels of <c>System.Threading.Channels</c>: whatever takes a <see cref="ChannelReader{T}"/> or
/// <see cref="ChannelWriter{T}"/> takes theirs.</item>
/// <item>Back-pressure: a bounded channel never holds more than its capacity; who writes into a full one waits. With a
/// capacity of zero a value goes from hand to hand: who writes waits until somebody reads.</item>
/// <item>First come, first served: a value that is written while somebody reads belongs to whoever has waited longest,
/// whatever a <c>TryRead</c> comes in between.</item>
/// <item>Cancels: waits are those of the loop, which the scope of the code that waits cancels without any token. Who is
/// cancelled takes nothing along: no value is lost, and none is written.</item>
/// <item>Ends: after <c>Complete</c> nothing can be written, readers get what is left, then a
/// <see cref="ChannelClosedException"/> with the error that it was completed with.</item>
/// <item>Threads: the loop's only; another one posts: <c>loop.Post(() => writer.TryWrite(x))</c>. While no loop uses
/// the channel, it may be filled and emptied anywhere.</item>
/// </list>
/// After Trio's memory channels.
/// </remarks>
public static class LoopChannel
{
    /// <summary>Makes a channel with room for so many values.</summary>
    /// <remarks>
    /// In a channel without room <c>WaitToReadAsync</c> waits for somebody in <c>WriteAsync</c>, and
    /// <c>WaitToWriteAsync</c> for somebody in <c>ReadAsync</c> or <c>ReadAllAsync</c>.
    /// </remarks>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="capacity">How many it holds that nobody has read; zero for from hand to hand.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public static Channel<T> CreateBounded<T>(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        return new LoopChannel<T>(capacity);
    }

    /// <summary>Makes a channel with room for any number of values: who writes never waits.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <returns>The channel.</returns>
    public static Channel<T> CreateUnbounded<T>() => new LoopChannel<T>(int.MaxValue);
}
