using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Fates;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Races;

/// <summary>Decides which work goes on, unowned, when somebody has waited for the first of several to end.</summary>
/// <remarks>
/// A loser that is awaited on the way where it has lost, or whose source is cancelled, is taken care of; whoever awaits
/// it where it has won only takes its result. In a loop the next round may wait again.
/// </remarks>
internal sealed class RaceFates(KnownTypes types, Awaitables awaitables, Starts starts, TaskLifetimes lifetimes)
{
    private static readonly ConditionalWeakTable<IOperation, Lazy<ImmutableArray<IInvocationOperation>>> ByRoot = new();

    /// <summary>Whether the call is one of <c>Task.WhenAny</c>.</summary>
    public bool IsRace(IInvocationOperation call) =>
        call.TargetMethod.Name == "WhenAny" && call.TargetMethod.ContainingType.Is(types.Task);

    /// <summary>Whether several tasks that are started here race, and the losers are left to themselves.</summary>
    public bool AreAbandoned(IInvocationOperation race, CancellationToken cancellationToken)
    {
        if (!IsAwaited(race))
        {
            return false;
        }

        if (race.Arguments is [{ Value: var tasks }] && ElementsOf(race) is null)
        {
            return IsAbandonedSequence(race, tasks.WithoutConversions(), cancellationToken);
        }

        return Of(race) is { HasOthers: false, Contenders.Length: > 1 } those
            && !IsCancelled(those.Call)
            && Enumerable.Range(0, those.Contenders.Length).Any(index =>
                IsAbandoned(those, those.Contenders[index], those.Holders[index], cancellationToken));
    }

    /// <summary>The wait with a timeout after which the work of the call goes on; null if there is none.</summary>
    public IInvocationOperation? TimeoutOf(
        IInvocationOperation start, ILocalSymbol? holder, CancellationToken cancellationToken)
    {
        if (IsCombination(start) || IsMereWait(start.TargetMethod))
        {
            return null;
        }

        if (holder is null)
        {
            return WaitOver(start) ?? (RaceOver(start) is { } race && IsTimeout(race, start, null, cancellationToken)
                ? race
                : null);
        }

        foreach (var wait in WaitsIn(start))
        {
            if (IsRace(wait)
                ? IsTimeout(wait, start, holder, cancellationToken)
                : IsOf(wait.Instance, holder)
                    && IsTimed(wait)
                    && !IsMentionedAfter(wait, holder)
                    && !IsCancelled(wait))
            {
                return wait;
            }
        }

        return null;
    }

    /// <summary>What takes part in a race; null where nobody lists it.</summary>
    public Race? Of(IInvocationOperation race)
    {
        if (ElementsOf(race) is not { } elements)
        {
            return null;
        }

        var contenders = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var holders = ImmutableArray.CreateBuilder<ILocalSymbol?>();
        var timeouts = ImmutableArray.CreateBuilder<IOperation>();
        var hasOthers = false;
        foreach (var element in elements)
        {
            var value = WithoutWrapping(element);
            var holder = (value as ILocalReferenceOperation)?.Local;
            var source = holder is null ? value : SourceOf(holder, value);
            if (source is IInvocationOperation call && IsDelay(call))
            {
                hasOthers |= !IsFinite(call);
                timeouts.Add(value);
            }
            else if (source is IInvocationOperation start && awaitables.IsHot(start.Type) && starts.Holds(start)
                && !IsCombination(start))
            {
                contenders.Add(start);
                holders.Add(holder);
            }
            else
            {
                hasOthers = true;
            }
        }

        return new(race, contenders.ToImmutable(), holders.ToImmutable(), timeouts.ToImmutable(), hasOthers);
    }

    private bool IsTimeout(
        IInvocationOperation call,
        IInvocationOperation start,
        ILocalSymbol? holder,
        CancellationToken cancellationToken) =>
        IsAwaited(call)
        && Of(call) is { IsTimeout: true } race
        && race.Contenders[0] == start
        && !IsCancelled(call)
        && IsAbandoned(race, start, holder, cancellationToken);

    private bool IsAbandoned(
        Race race, IInvocationOperation start, ILocalSymbol? holder, CancellationToken cancellationToken) =>
        holder is null
        || (HaveSameLoop(race.Call, start)
            && lifetimes.IsLeftBehind(race.Call, holder, TimeoutLocalOf(race), cancellationToken));

    private static ILocalSymbol? TimeoutLocalOf(Race race) =>
        race.Timeouts is [ILocalReferenceOperation timeout] ? timeout.Local : null;

    // `WhenAny(xs.Select(x => F(x)))`, also through a local that nobody asks again.
    private bool IsAbandonedSequence(IInvocationOperation race, IOperation tasks, CancellationToken cancellationToken)
    {
        if (IsCancelled(race) || LoopBounds.LoopOf(race) is not null)
        {
            return false;
        }

        var holder = (tasks as ILocalReferenceOperation)?.Local;
        return SelectionIn(holder is null ? tasks : SourceOf(holder, tasks)) is { } selector
            && awaitables.IsHot(selector.ReturnType)
            && (holder is null || lifetimes.IsLeftBehind(race, holder, winner: null, cancellationToken));
    }

    private static IMethodSymbol? SelectionIn(IOperation? sequence)
    {
        while (sequence is IInvocationOperation
            {
                TargetMethod.Name: "ToList" or "ToArray", Arguments: [{ Value: var all }],
            })
        {
            sequence = all.WithoutConversions();
        }

        return sequence is IInvocationOperation
        {
            TargetMethod.Name: "Select",
            Arguments: [_, { Value: IDelegateCreationOperation { Target: var selector } }],
        }
            ? selector switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                IMethodReferenceOperation reference => reference.Method,
                _ => null,
            }
            : null;
    }

    private static IReadOnlyList<IOperation>? ElementsOf(IInvocationOperation race) =>
        race.Arguments.Length > 1
            ? [.. race.Arguments.Select(static argument => argument.Value)]
            : race.Arguments is [{ Value: var list }] ? ListedValues.Of(list.WithoutConversions()) : null;

    // `work.AsTask()` is the work.
    private static IOperation WithoutWrapping(IOperation value)
    {
        value = value.WithoutConversions();
        return value is IInvocationOperation { TargetMethod.Name: "AsTask", Instance: { } inner }
            ? inner.WithoutConversions()
            : value;
    }

    // The one value of a local; null where it gets another.
    private static IOperation? SourceOf(ILocalSymbol local, IOperation within)
    {
        return !LocalMentions.Of(local, within).Any(LocalMentions.IsAssigned)
            && LocalMentions.InitializerOf(local, within) is { } value
                ? WithoutWrapping(value)
                : null;
    }

    private IInvocationOperation? RaceOver(IInvocationOperation start)
    {
        IOperation value = start;
        while (value.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "AsTask" })
        {
            value = value.Parent;
        }

        var listed = (ListedValues.ListOf(value) ?? value).WithConversions();
        return listed.Parent is IArgumentOperation { Parent: IInvocationOperation call } && IsRace(call) ? call : null;
    }

    private IInvocationOperation? WaitOver(IInvocationOperation start)
    {
        IOperation value = start;
        while (value.Parent is IInvocationOperation { TargetMethod.Name: "AsTask" } whole)
        {
            value = whole;
        }

        return value.Parent is IInvocationOperation call && call.Instance == value && IsTimed(call) && IsAwaited(call)
            ? call
            : null;
    }

    private bool IsTimed(IInvocationOperation wait) =>
        wait.TargetMethod.Name == "WaitAsync"
        && awaitables.IsTask(wait.TargetMethod.ContainingType)
        && wait.Arguments.Any(argument =>
            argument.Parameter is { Type.Name: "TimeSpan" }
            && !IsInfinite(argument.Value)
            && !Timeouts.IsZero(argument.Value));

    private bool IsDelay(IInvocationOperation call) =>
        call.TargetMethod.Name == "Delay" && call.TargetMethod.ContainingType.Is(types.Task);

    private static bool IsFinite(IInvocationOperation delay) =>
        delay.Arguments.Length > 0 && !IsInfinite(delay.Arguments[0].Value);

    private static bool IsInfinite(IOperation time) => time.WithoutConversions() switch
    {
        { ConstantValue: { HasValue: true, Value: -1 } } => true,
        IMemberReferenceOperation { Member.Name: "InfiniteTimeSpan" or "Infinite" or "MaxValue" } => true,
        _ => false,
    };

    // Who only waits for others leaves nothing behind that works.
    private bool IsCombination(IInvocationOperation start) =>
        start.TargetMethod is { Name: "WhenAll" or "WhenAny" or "Delay" }
        && start.TargetMethod.ContainingType.Is(types.Task);

    private static bool IsMereWait(IMethodSymbol method) =>
        (method.Name.StartsWith("Wait", StringComparison.Ordinal)
            || method.Name.StartsWith("When", StringComparison.Ordinal))
        && method.ContainingType.Name != "SemaphoreSlim";

    private static bool IsAwaited(IInvocationOperation call) => call.WithConfiguration().Parent is IAwaitOperation;

    private static bool HaveSameLoop(IOperation race, IOperation start) =>
        LoopBounds.LoopOf(race) == LoopBounds.LoopOf(start);

    private static bool IsMentionedAfter(IOperation wait, ILocalSymbol holder)
    {
        foreach (var mention in LocalMentions.Of(holder, wait))
        {
            if (mention.Syntax.SpanStart > wait.Syntax.Span.End)
            {
                return true;
            }
        }

        return false;
    }

    // Whoever cancels a source, after the race or before a last wait, tells the work to stop.
    private static bool IsCancelled(IOperation race)
    {
        foreach (var operation in EnclosingMember.RootOf(race).Descendants())
        {
            if (operation is IInvocationOperation
                {
                    TargetMethod: { Name: "Cancel" or "CancelAsync", ContainingType.Name: "CancellationTokenSource" },
                })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOf(IOperation? operation, ILocalSymbol local) =>
        operation?.WithoutConversions() is ILocalReferenceOperation reference
        && SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private static ImmutableArray<IInvocationOperation> WaitsIn(IOperation operation) =>
        ByRoot.GetValue(EnclosingMember.RootOf(operation), static root => new(() => root.Descendants()
            .OfType<IInvocationOperation>()
            .Where(static call => call.TargetMethod.Name is "WhenAny" or "WaitAsync")
            .ToImmutableArray())).Value;
}
