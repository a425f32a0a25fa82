using System;

namespace ScopedTasks;

/// <summary>Decides how a body ends that runs in a scope of its own.</summary>
internal static class ScopedCoroutine
{
    /// <summary>Says whether the body finished.</summary>
    public static async Coroutine<bool> MoveOnAsync(TimeSpan timeout, Func<CancelScope, Coroutine> body)
    {
        EventLoop.Require("Coroutine.MoveOnAfterAsync");
        using var scope = new CancelScope();
        scope.CancelAfter(timeout);
        try
        {
            await body(scope);
            return true;
        }
        catch (OperationCanceledException exception) when (scope.Owns(exception))
        {
            return false;
        }
    }

    /// <summary>Fails if the body did not finish.</summary>
    public static async Coroutine FailAsync(TimeSpan timeout, bool isShielded, Func<CancelScope, Coroutine> body)
    {
        EventLoop.Require(isShielded ? "Coroutine.ShieldAsync" : "Coroutine.FailAfterAsync");
        using var scope = new CancelScope(shield: isShielded);
        scope.CancelAfter(timeout);
        try
        {
            await body(scope);
        }
        catch (OperationCanceledException exception) when (scope.Owns(exception))
        {
            throw new TimeoutException($"The work did not end within {timeout}.", exception);
        }
    }

    /// <summary>Fails if the body did not finish.</summary>
    public static async Coroutine<T> FailAsync<T>(
        TimeSpan timeout,
        bool isShielded,
        Func<CancelScope, Coroutine<T>> body)
    {
        EventLoop.Require(isShielded ? "Coroutine.ShieldAsync" : "Coroutine.FailAfterAsync");
        using var scope = new CancelScope(shield: isShielded);
        scope.CancelAfter(timeout);
        try
        {
            return await body(scope);
        }
        catch (OperationCanceledException exception) when (scope.Owns(exception))
        {
            throw new TimeoutException($"The work did not end within {timeout}.", exception);
        }
    }
}
