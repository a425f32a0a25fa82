using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Runs the coroutine of a <see cref="CoroutineDriver"/>.</summary>
internal sealed class DriverRunner(Coroutine root) : CoroutineRunner(root)
{
    private const int NotWaiting = 0;
    private const int Waiting = 1;
    private const int Arrived = 2;

    private Action? _arrive;
    private Type? _awaiter;
    private int _foreign;

    /// <summary>Whether it waits for something that the driver cannot provide.</summary>
    public bool IsStuck => Volatile.Read(ref _foreign) == Waiting;

    /// <summary>What it waits for then.</summary>
    public string? Awaiter => _awaiter is null ? null : TypeNames.OfAwaited(_awaiter);

    /// <summary>Whether what it waited for is there.</summary>
    public bool HasArrived => Volatile.Read(ref _foreign) == Arrived;

    /// <summary>Goes on, giving the coroutine a value or a failure.</summary>
    /// <returns>Whether the coroutine has ended.</returns>
    public bool Resume(object? payload, bool throws)
    {
        _foreign = NotWaiting;
        Give(payload, throws);
        return StepInside();
    }

    /// <inheritdoc/>
    protected override Action BeginForeign(Type awaiter)
    {
        _awaiter = awaiter;
        _foreign = Waiting;
        return _arrive ??= () => Volatile.Write(ref _foreign, Arrived);
    }
}
