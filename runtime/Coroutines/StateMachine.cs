using System;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Knows what the compiler made of an async method.</summary>
/// <typeparam name="TStateMachine">The type of its state machine.</typeparam>
internal static class StateMachine<TStateMachine>
    where TStateMachine : IAsyncStateMachine
{
    /// <summary>
    /// Whether the method has no <c>try</c>, <c>using</c>, <c>lock</c> or <c>await foreach</c>: what is thrown in it
    /// leaves it at once.
    /// </summary>
    public static readonly bool IsTransparent = HasNoHandler();

    // One handler is always there: the compiler's own, which tells the builder.
    private static bool HasNoHandler()
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        try
        {
            var moveNext = typeof(TStateMachine).GetMethod("MoveNext", Any);
            return moveNext?.GetMethodBody()?.ExceptionHandlingClauses.Count == 1;
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            // Compiled ahead of time there is nothing to look at.
            return false;
        }
    }
}
