using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Decides what is wrong with work whose task is kept in a local.</summary>
internal sealed class KeptFates(
    TaskLifetimes lifetimes,
    SpawningApis spawning,
    Awaitables awaitables,
    Starts starts,
    Silence silence,
    AnalyzerOptions options,
    OutlivedFates outlived,
    AwaitedFates awaited,
    StartFindings findings,
    Wording wording)
{
    /// <summary>What is wrong with work that each round of a loop starts, in a local that nothing reads.</summary>
    public Finding? OfLoop(IInvocationOperation call, TaskTrail trail) =>
        LoopBounds.LoopOf(call) is not null
        && LocalUses.Of(trail.Holder!, call) == LocalUse.None
        && !silence.CoversStart(call, options)
        && LoopBounds.UnboundedLoopOf(call) is { } loop
            ? findings.SpawnInLoop(call, loop)
            : null;

    /// <summary>What is wrong on the ways from the start to the join.</summary>
    public Finding? Of(
        IInvocationOperation call, TaskTrail trail, ISymbol containingSymbol, CancellationToken cancellationToken)
    {
        var holder = trail.Holder!;
        var life = lifetimes.Of(call, holder, cancellationToken);
        var known = life.End is LifetimeEnd.Handled or LifetimeEnd.LostOnFailure
            ? outlived.OfKept(call, holder, containingSymbol, cancellationToken)
            : outlived.OfLost(call, trail.Wrapper, containingSymbol);
        known ??= awaited.OfTimeout(call, holder, containingSymbol, cancellationToken);
        if (known is not null || life.End == LifetimeEnd.Handled || silence.CoversStart(call, options))
        {
            return known;
        }

        var function = EnclosingFunction.Of(call, containingSymbol);
        return life.End switch
        {
            LifetimeEnd.NeverJoined when SaysDiscard(holder) => findings.Discarded(call, function),
            LifetimeEnd.NeverJoined or LifetimeEnd.Overwritten
                when IsOnPool(call) && findings.Detached(call, function) is { } detached => detached,
            LifetimeEnd.NeverJoined or LifetimeEnd.Overwritten =>
                StartFindings.Of(Descriptors.UnjoinedLocal, call, wording.Kept(call, holder, life, function)),
            LifetimeEnd.LostOnPath =>
                StartFindings.Of(Descriptors.UnjoinedPath, call, wording.OnPath(call, life, function)),
            _ when TestMethods.IsTest(containingSymbol) => null,
            _ when IsStartedIn(life.Sibling, call) =>
                StartFindings.Of(Descriptors.OrphanedSibling, call, wording.Sibling(call, life)),
            _ => StartFindings.Of(
                Descriptors.UnjoinedPath,
                call,
                wording.OnPath(call, life, function),
                severity: DiagnosticSeverity.Info),
        };
    }

    private bool IsOnPool(IInvocationOperation call) => spawning.Of(call.TargetMethod) == SpawnTarget.PoolTask;

    // `var ignored = SendAsync();`: the way to write a discard before there were any.
    private static bool SaysDiscard(ILocalSymbol holder) =>
        holder.Name.Trim('_').ToLowerInvariant() is "" or "ignore" or "ignored" or "unused" or "discard" or "discarded";

    private bool IsStartedIn(ILocalSymbol? local, IOperation within) =>
        local is not null
        && LocalMentions.InitializerOf(local, within)?.WithoutConversions() is IInvocationOperation call
        && awaitables.IsHot(call.Type)
        && starts.Holds(call);
}
