using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Captures;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Bounds;

/// <summary>
/// Decides whether work multiplies with depth: a function that starts itself for each child, a limit within a limit.
/// </summary>
internal sealed class RecursiveSpawns
{
    private static readonly ConditionalWeakTable<Compilation, RecursiveSpawns> ByCompilation = new();

    private readonly Awaitables _awaitables;
    private readonly ObservingApis _observing;
    private readonly SpawningApis _spawning;
    private readonly LimitingApis _limiting;
    private readonly Silence _silence;

    private RecursiveSpawns(Compilation compilation)
    {
        var types = KnownTypes.Of(compilation);
        _awaitables = Awaitables.Of(types);
        _observing = ObservingApis.Of(types);
        _spawning = SpawningApis.Of(types);
        _limiting = LimitingApis.Of(types);
        _silence = new(types, _observing);
    }

    public static RecursiveSpawns Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new RecursiveSpawns(compilation));

    public Finding? Of(IOperation operation, ISymbol containingSymbol) => operation switch
    {
        IInvocationOperation call => OfLimit(call) ?? OfCall(call, containingSymbol),
        IMethodReferenceOperation reference => OfSelector(reference, containingSymbol),
        _ => null,
    };

    private Finding? OfLimit(IInvocationOperation inner)
    {
        if (!LimitingApis.LooksLikeLimit(inner.TargetMethod.Name) || _limiting.RowOf(inner.TargetMethod) is not { } row)
        {
            return null;
        }

        for (IOperation current = inner; current.Parent is { } parent; current = parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && CallTaking(lambda) is { } outer
                && _limiting.RowOf(outer.TargetMethod) is { } outerRow && !_silence.Covers(inner))
            {
                return New(
                    inner,
                    row.Display,
                    $"runs for each element of another '{outerRow.Display}', so their limits multiply; "
                    + "let one of them go one by one, or share a 'SemaphoreSlim'");
            }
        }

        return null;
    }

    private Finding? OfCall(IInvocationOperation call, ISymbol containingSymbol) =>
        IsItself(call.TargetMethod, call, containingSymbol) is { } function
        && _awaitables.IsHot(call.Type)
        && IsStartedPerChild(call, function)
        && !LoopBounds.Waits(function)
        && !_silence.Covers(call)
            ? Recursive(call, call.TargetMethod.Name)
            : null;

    private Finding? OfSelector(IMethodReferenceOperation reference, ISymbol containingSymbol) =>
        IsItself(reference.Method, reference, containingSymbol) is { } function
        && _awaitables.IsHot(reference.Method.ReturnType)
        && TaskTrail.SelectionOf(reference.Parent as IDelegateCreationOperation) is not null
        && !LoopBounds.Waits(function)
        && !_silence.Covers(reference)
            ? Recursive(reference, reference.Method.Name)
            : null;

    private static Finding Recursive(IOperation start, string name) =>
        New(
            start,
            name,
            "starts itself for each child without a bound, so one call becomes as many as there are nodes; "
            + "walk the tree first, or await the children one by one");

    private static Finding New(IOperation start, string name, string what) =>
        new(Descriptors.RecursiveSpawn, start, start.Syntax.GetLocation(), ImmutableArray.Create(name, what));

    /// <summary>The body of the function around that is the called one; null if none is.</summary>
    private static IOperation? IsItself(IMethodSymbol method, IOperation place, ISymbol containingSymbol)
    {
        if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, containingSymbol.OriginalDefinition))
        {
            return EnclosingMember.RootOf(place);
        }

        if (method.MethodKind != MethodKind.LocalFunction)
        {
            return null;
        }

        for (var current = place.Parent; current is not null; current = current.Parent)
        {
            if (current is ILocalFunctionOperation local
                && SymbolEqualityComparer.Default.Equals(local.Symbol, method.OriginalDefinition))
            {
                return local;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a loop or a selector starts the call for each element, perhaps within a delegate, and goes on at once.
    /// </summary>
    private bool IsStartedPerChild(IInvocationOperation call, IOperation function)
    {
        var start = call;
        while (true)
        {
            if (IsStarted(start) is { } perElement)
            {
                return perElement;
            }

            // `Task.Run(() => WalkAsync(child))`, `children.Select(async child => await WalkAsync(child))`
            if (FunctionStarts.FunctionAround(start) is not IAnonymousFunctionOperation lambda || lambda == function
                || CallTaking(lambda) is not { } taker)
            {
                return false;
            }

            if (taker.TargetMethod.Name == "Select")
            {
                return true;
            }

            if (_spawning.Of(taker.TargetMethod) is not (SpawnTarget.PoolTask or SpawnTarget.Pool))
            {
                return false;
            }

            start = taker;
        }
    }

    // Whether a start is per element; null where its lambda has to be asked.
    private bool? IsStarted(IInvocationOperation start)
    {
        var trail = TaskTrail.Follow(start, _observing, _awaitables);
        return trail.Fate switch
        {
            TaskFate.Selected => true,
            TaskFate.Dropped or TaskFate.Discarded or TaskFate.Collected when LoopBounds.LoopOf(start) is { } loop =>
                !LoopBounds.IsBounded(loop, start),
            TaskFate.Kept when LoopBounds.LoopOf(start) is not null =>
                LocalUses.Of(trail.Holder!, start) == LocalUse.None,
            TaskFate.Dropped when start.Type?.SpecialType == SpecialType.System_Void
                && LoopBounds.LoopOf(start) is { } loop => !LoopBounds.IsBounded(loop, start),
            _ => null,
        };
    }

    private static IInvocationOperation? CallTaking(IAnonymousFunctionOperation lambda)
    {
        var value = lambda.Parent;
        while (value is IDelegateCreationOperation or IConversionOperation)
        {
            value = value.Parent;
        }

        return (value as IArgumentOperation)?.Parent as IInvocationOperation;
    }
}
