using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>
/// Is the coroutine of one async method: the state machine lies inside, so that a call allocates once.
/// </summary>
internal sealed class CoroutineFrame<TStateMachine> : Coroutine
    where TStateMachine : IAsyncStateMachine
{
    private TStateMachine _stateMachine = default!;

    internal override string Name => ChildNames.OfStateMachine(typeof(TStateMachine));

    /// <summary>Takes the machine, once the builder inside it knows this frame.</summary>
    public void Take(ref TStateMachine stateMachine) => _stateMachine = stateMachine;

    internal override bool IsTransparent => StateMachine<TStateMachine>.IsTransparent;

    internal override void MoveNext()
    {
        _stateMachine.MoveNext();
        if (IsEnded)
            Forget();
    }

    // What the method held is garbage now, even while somebody holds its coroutine.
    private protected override void Forget()
    {
        _stateMachine = default!;
        Context = null;
    }
}
