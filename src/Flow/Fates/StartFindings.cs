using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Outlived;
using ScopedTasks.Analyzers.Flow.TaskGroups;
using ScopedTasks.Analyzers.Flow.Timers;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Writes down what was found about a start of work: the rule, where it is reported, what is said.</summary>
internal sealed class StartFindings(Wording wording, GroupsInHand groups, Ticks ticks)
{
    public static Finding Of(
        DiagnosticDescriptor rule,
        IInvocationOperation call,
        ImmutableArray<string> arguments,
        bool compilerSpeaks = false,
        IOperation? value = null,
        DiagnosticSeverity? severity = null) =>
        new(rule, call, LocationOf(call), arguments, compilerSpeaks, value, severity);

    /// <summary>Where a call is reported.</summary>
    /// <remarks>With <c>?.</c> the call alone is a piece of an expression that nobody could read.</remarks>
    public static Location LocationOf(IInvocationOperation call)
    {
        var node = call.Syntax;
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            if (parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == current)
            {
                node = access;
            }
            else if (parent is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax))
            {
                break;
            }
        }

        return node.GetLocation();
    }

    public Finding? Tick(IInvocationOperation call, ISymbol containingSymbol) =>
        ticks.Around(call, containingSymbol) is { } tick ? OverlappingTick(call, tick, LocationOf(call)) : null;

    public Finding Discarded(IInvocationOperation call, EnclosingFunction function) =>
        Detached(call, function) ?? Of(Descriptors.DiscardedTask, call, wording.Discarded(call, function));

    public Finding? Detached(IInvocationOperation call, EnclosingFunction function) =>
        groups.NearestTo(call, function.Symbol) is { } group
            ? Of(Descriptors.DetachedInsideGroup, call, wording.Detached(call, group))
            : null;

    public Finding OverlappingTick(IOperation start, TickingApi tick, Location location) =>
        new(Descriptors.OverlappingTick, start, location, wording.OverlappingTick(start, tick));

    public Finding SpawnInLoop(IInvocationOperation call, ILoopOperation loop) =>
        ticks.InLoop(call) is { } tick
            ? OverlappingTick(call, tick, LocationOf(call))
            : Of(Descriptors.SpawnInLoop, call, wording.SpawnInLoop(call, loop));

    public Finding AsyncForEach(IOperation start, LoopCall loop, Location location) =>
        new(Descriptors.AsyncForEach, start, location, wording.AsyncForEach(start, loop));

    public Finding FanOut(IOperation start, Location location) =>
        new(Descriptors.UnboundedFanOut, start, location, wording.FanOut(start));

    public Finding Outlived(IInvocationOperation call, OutlivedResource outlived, ISymbol containingSymbol) =>
        Of(
            Descriptors.OutlivedResource,
            call,
            wording.Outlived(call, outlived, EnclosingFunction.Of(call, containingSymbol)),
            value: outlived.Returned);
}
