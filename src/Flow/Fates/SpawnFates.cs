using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.TaskGroups;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>
/// Decides what is wrong with a call that hands work to a thread, the pool or a group and gives nothing to wait for.
/// </summary>
internal sealed class SpawnFates(
    SpawningApis spawning, Awaitables awaitables, Silence silence, OutlivedFates outlived, StartFindings findings)
{
    /// <summary>
    /// The pool or the thread that a function is handed to: <c>QueueUserWorkItem(..)</c>, <c>Thread(..).Start()</c>.
    /// </summary>
    public static IInvocationOperation? SpawnOf(IOperation function) =>
        function.Parent?.Parent is IArgumentOperation { Parent: var taker }
            ? taker switch
            {
                IInvocationOperation call when SpawningApis.LooksLikeSpawn(call.TargetMethod.Name) => call,
                IObjectCreationOperation { Parent: IInvocationOperation call } when call.Instance == taker => call,
                _ => null,
            }
            : null;

    public Finding? Of(IInvocationOperation call, ISymbol containingSymbol)
    {
        var target = spawning.Of(call.TargetMethod);
        if (target == SpawnTarget.None || silence.Covers(call))
        {
            return null;
        }

        var starts = target switch
        {
            SpawnTarget.Group => Groups.HasNoLimit(call),
            SpawnTarget.Thread => IsNewThread(call, alsoLocal: true),
            _ => true,
        };
        if (starts && findings.Tick(call, containingSymbol) is { } tick)
        {
            return tick;
        }

        var loop = LoopBounds.UnboundedLoopOf(call);
        var function = EnclosingFunction.Of(call, containingSymbol);
        return target switch
        {
            SpawnTarget.Group when loop is not null && LoopBounds.IsEndless(loop) && Groups.HasNoLimit(call) =>
                findings.SpawnInLoop(call, loop),
            SpawnTarget.Background when loop is not null && LoopBounds.IsEndless(loop) =>
                findings.SpawnInLoop(call, loop),
            SpawnTarget.Pool when loop is not null => findings.SpawnInLoop(call, loop),
            SpawnTarget.Thread when loop is not null && IsNewThread(call, alsoLocal: true) =>
                findings.SpawnInLoop(call, loop),
            SpawnTarget.Background => outlived.OfLost(call, wrapper: null, containingSymbol),
            SpawnTarget.Pool or SpawnTarget.Thread when RunsAsyncVoid(call) => null,
            SpawnTarget.Pool => OfThread(call, function, containingSymbol),
            SpawnTarget.Thread when IsNewThread(call, alsoLocal: false) => OfThread(call, function, containingSymbol),
            _ => null,
        };
    }

    private Finding? OfThread(IInvocationOperation call, EnclosingFunction function, ISymbol containingSymbol) =>
        findings.Detached(call, function)
        ?? outlived.OfLost(call, wrapper: null, containingSymbol)
        ?? (function.IsAsyncCode(awaitables) ? findings.Discarded(call, function) : null);

    private static bool IsNewThread(IInvocationOperation start, bool alsoLocal) => start.Instance switch
    {
        IObjectCreationOperation => true,
        ILocalReferenceOperation local => alsoLocal && LocalUses.IsOnlyStarted(local),
        _ => false,
    };

    private static bool RunsAsyncVoid(IInvocationOperation spawn)
    {
        var arguments = spawn.Instance is IObjectCreationOperation thread ? thread.Arguments : spawn.Arguments;
        foreach (var argument in arguments)
        {
            if (argument.Value is IDelegateCreationOperation
                {
                    Target: IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } }
                        or IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } },
                })
            {
                return true;
            }
        }

        return false;
    }
}
