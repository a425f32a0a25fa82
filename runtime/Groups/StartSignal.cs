using System;

namespace ScopedTasks;

/// <summary>Lets a child say that it is ready: <see cref="TaskGroup.StartAsync"/> waits for it.</summary>
/// <remarks>
/// Until then its failure belongs to whoever awaits the start; from then on the child is one like all others. After
/// Trio's <c>task_status</c>.
/// </remarks>
/// <typeparam name="T">What the child tells when it is ready.</typeparam>
public sealed class StartSignal<T>
{
    private readonly Action<T>? _onStarted;

    internal StartSignal(Action<T>? onStarted) => _onStarted = onStarted;

    /// <summary>A signal that nobody waits for: to run the same work without waiting.</summary>
    public static StartSignal<T> Ignored { get; } = new(null);

    /// <summary>
    /// Says that the child is ready. In a cancelled group it does nothing: the start ends with the child.
    /// </summary>
    /// <param name="value">What the start returns.</param>
    /// <exception cref="InvalidOperationException">It was said before.</exception>
    public void SetStarted(T value) => _onStarted?.Invoke(value);
}
