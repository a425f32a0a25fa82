namespace ScopedTasks;

/// <summary>Waiting until a socket or a pipe can be read or written.</summary>
internal sealed class HandleWait(HandleWatch watch, Waiter waiter, bool toWrite) : IExternalWait
{
    /// <summary>Who waits.</summary>
    public Waiter Waiter => waiter;

    /// <summary>Whether for room to write.</summary>
    public bool ToWrite => toWrite;

    /// <inheritdoc/>
    public bool IsOverWhenAborted => false;

    /// <inheritdoc/>
    public bool TryAbort(Waiter waiter)
    {
        watch.Withdraw(this);
        return true;
    }

    /// <inheritdoc/>
    public string Describe(Waiter waiter) =>
        $"EventLoop.Wait{(watch.Socket is null ? "Pipe" : "")}{(toWrite ? "Writable" : "Readable")}Async";
}
