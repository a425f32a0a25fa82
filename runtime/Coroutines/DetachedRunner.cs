using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>
/// Runs a coroutine for an <c>async Task</c> method off every event loop, on whatever thread goes on.
/// </summary>
/// <remarks>It can wait for tasks; the waits of a loop say that they need one.</remarks>
internal sealed class DetachedRunner : CoroutineRunner
{
    private const int Running = 0;
    private const int Parked = 1;
    private const int Woken = 2;

    private readonly Adoption _adoption = new();
    private Action? _wake;
    private int _state;

    private DetachedRunner(Coroutine root)
        : base(root) => root.ReturnTo(_adoption);

    /// <summary>Starts a coroutine inline.</summary>
    public static void Start(Coroutine coroutine) => new DetachedRunner(coroutine).Go();

    /// <inheritdoc/>
    protected override Action BeginForeign(Type awaiter) => _wake ??= Wake;

    // The continuation may be called before the step that registered it has returned.
    private void Wake()
    {
        if (Interlocked.Exchange(ref _state, Woken) == Parked)
            Go();
    }

    private void Go()
    {
        do
        {
            _state = Running;
            if (StepInside())
            {
                _adoption.End();
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _state, Parked, Running) == Woken);
    }
}
