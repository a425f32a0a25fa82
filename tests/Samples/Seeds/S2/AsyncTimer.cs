namespace Seeds.S2;

/// <summary>What a coroutine waits for: a type of the program, which the runtime knows nothing of.</summary>
internal sealed class AsyncTimer(TimeProvider clock, TimeSpan duration)
{
    /// <summary>When it is over.</summary>
    public DateTimeOffset DoneTime { get; } = clock.GetUtcNow() + duration;

    /// <summary>How long that is from now.</summary>
    public TimeSpan Remaining => DoneTime - clock.GetUtcNow();

    /// <summary>Awaiting it hands it to whoever drives the coroutine.</summary>
    public CommandAwaiter GetAwaiter() => Coroutine.Suspend(this).GetAwaiter();
}
