using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Flow.Outlived;
using ScopedTasks.Analyzers.Flow.Races;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides what is wrong with one start of work: only here is the rule of a site chosen.</summary>
internal sealed class TaskFates
{
    private static readonly ConditionalWeakTable<Compilation, TaskFates> ByCompilation = new();

    private readonly AnalyzerOptions _options;
    private readonly KnownTypes _types;
    private readonly Awaitables _awaitables;
    private readonly ObservingApis _observing;
    private readonly SpawningApis _spawning;
    private readonly LoopCalls _loopCalls;
    private readonly CompilerWarning _compilerWarning;
    private readonly Silence _silence;
    private readonly ProgramParts _parts;
    private readonly TaskValues _values;
    private readonly Starts _starts;
    private readonly TaskLifetimes _lifetimes;
    private readonly NestedTasks _nested;
    private readonly GroupsInHand _groups;
    private readonly OutlivedResources _outlived;
    private readonly RaceFates _races;
    private readonly PointlessStarts _pointless;
    private readonly Ticks _ticks;
    private readonly AsyncVoids _voids;
    private readonly MulticastCalls _multicasts;
    private readonly Wording _wording;

    private TaskFates(Compilation compilation, AnalyzerOptions options)
    {
        _options = options;
        _types = KnownTypes.Of(compilation);
        _awaitables = Awaitables.Of(_types);
        _observing = ObservingApis.Of(_types);
        _spawning = SpawningApis.Of(_types);
        _loopCalls = new(LoopingApis.Of(_types));
        _compilerWarning = CompilerWarning.Of(compilation);
        _silence = new(_types, _observing);
        _parts = new(_awaitables);
        _values = new(_types, _awaitables, _observing);
        _starts = new(_observing, _awaitables);
        _lifetimes = new(_awaitables);
        _nested = new(_types, _awaitables, _observing, _lifetimes);
        _groups = new(_types);
        _outlived = new(_types, _awaitables, _observing, _lifetimes);
        _races = new(_types, _awaitables, _starts, _lifetimes);
        _pointless = new(_types, _awaitables);
        _ticks = new(_types, _observing, _awaitables);
        _wording = new(_types, _spawning, _awaitables);
        _multicasts = new(compilation, _awaitables);
        _voids = new(_types, _awaitables, _silence, _wording);
    }

    public static TaskFates Of(Compilation compilation, AnalyzerOptions options)
    {
        var fates = ByCompilation.GetValue(compilation, key => new TaskFates(key, options));
        return fates._options == options ? fates : new(compilation, options);
    }

    /// <summary>What is wrong with the work that the operation starts; null if nothing, or if it starts none.</summary>
    public Finding? Of(IOperation start, ISymbol containingSymbol, CancellationToken cancellationToken) => start switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call =>
            OfDelegateCall(call, containingSymbol, cancellationToken),
        IInvocationOperation { Parent: IAwaitOperation } call => OfAwaited(call, containingSymbol, cancellationToken),
        IInvocationOperation call => OfCall(call, containingSymbol, cancellationToken),
        IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } or
            IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } } =>
            OfVoid(start, containingSymbol, cancellationToken),
        IAnonymousFunctionOperation { Symbol.IsAsync: true } or IMethodReferenceOperation =>
            OfSelector(start, containingSymbol),
        IMethodBodyOperation when containingSymbol is IMethodSymbol { IsAsync: true, ReturnsVoid: true } method =>
            OfDeclaration(start, method, cancellationToken),
        ILocalFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } function } =>
            OfDeclaration(start, function, cancellationToken),
        ILocalReferenceOperation local when _awaitables.Of(local.Type) != Awaitable.None =>
            OfValue(local, containingSymbol),
        _ => null,
    };

    /// <summary>The call whose delegate starts the work of a finding, one element after the other.</summary>
    public LoopCall? LoopCallOf(IOperation start) => start is IInvocationOperation call
        ? _loopCalls.OfBody(TaskTrail.Follow(call, _observing, _awaitables).End)
        : _loopCalls.OfFunction(start);

    /// <summary>The loop over a timer's ticks that the start stands in.</summary>
    public ILoopOperation? TickLoopOf(IOperation start) => _ticks.LoopOf(start);

    /// <summary>What is wrong at a diagnostic's node, ours or the compiler's, in whatever tree it stands now.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node is MethodDeclarationSyntax or LocalFunctionStatementSyntax)
        {
            return model.GetDeclaredSymbol(node, cancellationToken) is { } declared
                && model.GetOperation(node, cancellationToken) is { } declaration
                    ? Of(declaration, declared, cancellationToken)
                    : null;
        }

        if (model.GetEnclosingSymbol(node.SpanStart, cancellationToken) is not { } symbol)
        {
            return null;
        }

        foreach (var candidate in StartNodes.Of(node))
        {
            if (model.GetOperation(candidate, cancellationToken) is { } operation
                && Of(operation, symbol, cancellationToken) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    // Unbounded work, and a task for its result, say more of a call than that it is an event's.
    private Finding? OfDelegateCall(
        IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken)
    {
        var finding = call.Parent is IAwaitOperation ? null : OfCall(call, containingSymbol, cancellationToken);
        return finding?.Rule == Descriptors.SpawnInLoop
            || finding?.Rule == Descriptors.AsyncForEach
            || finding?.Rule == Descriptors.TaskAsValue
            || _multicasts.TargetOf(call, cancellationToken) is not { } target
            || _silence.Covers(call)
                ? finding
                : new(
                    Descriptors.MulticastAsyncEvent,
                    call,
                    LocationOf(call),
                    _wording.Multicast(target, call.Type),

                    // Who has all the handlers in hand may know that there is one.
                    Severity: target is IEventSymbol && !target.IsVisibleOutside() ? DiagnosticSeverity.Info : null);
    }

    private Finding? OfAwaited(
        IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken) =>
        _nested.Holds(call)
            ? OfNested(call, cancellationToken)
            : OfRace(call, containingSymbol, cancellationToken) ?? OfPointless(call, containingSymbol);

    private Finding? OfPointless(IInvocationOperation call, ISymbol containingSymbol) =>
        _pointless.CalleeOf(call, containingSymbol.ContainingType) is { } callee
        && !TestMethods.IsTest(containingSymbol)
        && !IsSilent(call)
            ? new(Descriptors.PointlessStart, call, LocationOf(call), ImmutableArray.Create(callee.Name))
            : null;

    private Finding? OfRace(IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken) =>
        _races.IsRace(call)
        && _races.AreAbandoned(call, cancellationToken)
        && !TestMethods.IsTest(containingSymbol)
        && !IsSilent(call)
            ? new(Descriptors.AbandonedRace, call, LocationOf(call), _wording.AbandonedRace(call, _races.Of(call)))
            : null;

    private Finding? OfTimeout(
        IInvocationOperation call,
        ILocalSymbol? holder,
        ISymbol containingSymbol,
        CancellationToken cancellationToken) =>
        _races.TimeoutOf(call, holder, cancellationToken) is { } wait
        && _starts.Holds(call)
        && !TestMethods.IsTest(containingSymbol)
        && !IsSilent(call)
            ? new(Descriptors.AbandonedTimeout, call, LocationOf(call), _wording.AbandonedTimeout(call, wait))
            : null;

    private Finding? OfNested(IInvocationOperation call, CancellationToken cancellationToken) =>
        _nested.LosesInner(call, cancellationToken) && !IsSilent(call)
            ? new(Descriptors.NestedTask, call, LocationOf(call), _wording.Nested(call, _nested.CanUnwrap(call)))
            : null;

    private Finding? OfCall(IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken)
    {
        var finding = OfStart(call, containingSymbol, cancellationToken);
        return finding is null || (!IsRepeated(finding)
            && finding.Rule != Descriptors.AsyncForEach
            && finding.Rule != Descriptors.DetachedInsideGroup
            && finding.Rule != Descriptors.OutlivedResource)
            ? (_nested.Holds(call) ? OfNested(call, cancellationToken) : null)
                ?? finding
                ?? OfRace(call, containingSymbol, cancellationToken)
                ?? OfPointless(call, containingSymbol)
            : finding;
    }

    private Finding? OfStart(IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken)
    {
        if (call.Type is not { } type)
        {
            return null;
        }

        if (type.SpecialType is SpecialType.System_Void or SpecialType.System_Boolean)
        {
            return SpawningApis.LooksLikeSpawn(call.TargetMethod.Name) ? OfSpawn(call, containingSymbol)
                : call.TargetMethod is { IsAsync: true, ReturnsVoid: true } && !IsSilent(call)
                    ? OfTick(call, containingSymbol)
                    : null;
        }

        if (!_awaitables.IsHot(type))
        {
            return _awaitables.Of(type) == Awaitable.None ? null : OfValue(call, containingSymbol);
        }

        var trail = TaskTrail.Follow(call, _observing, _awaitables);
        if (trail.Fate is TaskFate.Escaped or TaskFate.Joined)
        {
            return OfReturned(call, containingSymbol)
                ?? OfTimeout(call, holder: null, containingSymbol, cancellationToken)
                ?? (trail.Fate == TaskFate.Escaped ? OfValue(call, containingSymbol) : null);
        }

        if (!_starts.Holds(call))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return trail.Fate switch
        {
            TaskFate.Dropped or TaskFate.Discarded => OfLost(call, trail, containingSymbol),
            TaskFate.Kept => OfKept(call, trail) ?? OfLifetime(call, trail, containingSymbol, cancellationToken),
            TaskFate.Collected =>
                OfCollected(call, trail, containingSymbol)
                ?? OfLifetime(call, trail, containingSymbol, cancellationToken),
            TaskFate.Selected => OfSelected(call, (IInvocationOperation)trail.End, containingSymbol),
            _ => null,
        };
    }

    private Finding? OfValue(IOperation start, ISymbol containingSymbol) =>
        _values.Of(start, containingSymbol) is { } value && !_silence.Covers(start)
            ? new(
                Descriptors.TaskAsValue,
                start,
                start is IInvocationOperation call ? LocationOf(call) : start.Syntax.GetLocation(),
                _wording.AsValue(start, value, EnclosingFunction.Of(start, containingSymbol)),
                Value: value.Value)
            : null;

    private Finding? OfLost(IInvocationOperation call, TaskTrail trail, ISymbol containingSymbol)
    {
        if (IsSilent(call))
        {
            return null;
        }

        if (OfTick(call, containingSymbol) is { } tick)
        {
            return tick;
        }

        if (LoopOf(call) is { } loop)
        {
            return SpawnInLoop(call, loop);
        }

        if (trail.Fate == TaskFate.Dropped && _loopCalls.OfBody(trail.End) is { } loopCall)
        {
            return AsyncForEach(call, loopCall, LocationOf(call));
        }

        var function = EnclosingFunction.Of(call, containingSymbol);
        if ((Detached(call, function) ?? OfOutlived(call, trail.Wrapper, containingSymbol)) is { } known)
        {
            return known;
        }

        if (trail.Fate == TaskFate.Discarded)
        {
            return Discarded(call, function);
        }

        var compilerSpeaks = _compilerWarning.Speaks((IExpressionStatementOperation)trail.End, function);
        if (!compilerSpeaks && CompilerWarning.IsSilencedAt(call.Syntax))
        {
            return Discarded(call, function);
        }

        return new(
            Descriptors.DroppedTask, call, LocationOf(call), _wording.Dropped(call, trail, function), compilerSpeaks);
    }

    private Finding? OfTick(IInvocationOperation call, ISymbol containingSymbol) =>
        _ticks.Around(call, containingSymbol) is { } tick ? OverlappingTick(call, tick, LocationOf(call)) : null;

    private Finding? OfCallback(IOperation function) =>
        _ticks.OfCallback(function) is { } tick && !_silence.Covers(function)
            ? OverlappingTick(function, tick, function.Syntax.GetLocation())
            : null;

    private Finding? OfKept(IInvocationOperation call, TaskTrail trail) =>
        LoopBounds.LoopOf(call) is not null
        && LocalUses.Of(trail.Holder!, call) == LocalUse.None
        && !IsSilent(call)
        && LoopOf(call) is { } loop
            ? SpawnInLoop(call, loop)
            : null;

    private Finding? OfLifetime(
        IInvocationOperation call, TaskTrail trail, ISymbol containingSymbol, CancellationToken cancellationToken)
    {
        var holder = trail.Holder!;
        var life = _lifetimes.Of(call, holder, cancellationToken);
        var outlived = life.End is LifetimeEnd.Handled or LifetimeEnd.LostOnFailure
            ? OfHandled(call, holder, containingSymbol, cancellationToken)
            : OfOutlived(call, trail.Wrapper, containingSymbol);
        outlived ??= OfTimeout(call, holder, containingSymbol, cancellationToken);
        if (outlived is not null || life.End == LifetimeEnd.Handled || IsSilent(call))
        {
            return outlived;
        }

        var function = EnclosingFunction.Of(call, containingSymbol);
        return life.End switch
        {
            LifetimeEnd.NeverJoined when SaysDiscard(holder) => Discarded(call, function),
            LifetimeEnd.NeverJoined or LifetimeEnd.Overwritten when IsOnPool(call)
                && Detached(call, function) is { } detached => detached,
            LifetimeEnd.NeverJoined or LifetimeEnd.Overwritten => new(
                Descriptors.UnjoinedLocal, call, LocationOf(call), _wording.Kept(call, holder, life, function)),
            LifetimeEnd.LostOnPath =>
                new(Descriptors.UnjoinedPath, call, LocationOf(call), _wording.OnPath(call, life, function)),
            _ when TestMethods.IsTest(containingSymbol) => null,
            _ when IsStartedIn(life.Sibling, call) =>
                new(Descriptors.OrphanedSibling, call, LocationOf(call), _wording.Sibling(call, life)),
            _ => new(
                Descriptors.UnjoinedPath,
                call,
                LocationOf(call),
                _wording.OnPath(call, life, function),
                Severity: DiagnosticSeverity.Info),
        };
    }

    private Finding? OfHandled(
        IInvocationOperation call,
        ILocalSymbol holder,
        ISymbol containingSymbol,
        CancellationToken cancellationToken) =>
        OfReturned(call, containingSymbol)
        ?? (_outlived.OfKept(call, holder, cancellationToken) is { } outlived && !IsSilent(call)
            ? Outlived(call, outlived, containingSymbol)
            : null);

    private Finding? OfReturned(IInvocationOperation call, ISymbol containingSymbol) =>
        _outlived.OfReturned(call, EnclosingFunction.Of(call, containingSymbol)) is { } outlived
        && _starts.Holds(call)
        && !IsSilent(call)
            ? Outlived(call, outlived, containingSymbol)
            : null;

    // A test may leave work behind on purpose.
    private Finding? OfOutlived(
        IInvocationOperation call, IInvocationOperation? wrapper, ISymbol containingSymbol) =>
        !TestMethods.IsTest(containingSymbol) && _outlived.OfLost(call, wrapper) is { } outlived && !IsSilent(call)
            ? Outlived(call, outlived, containingSymbol)
            : null;

    private Finding Outlived(IInvocationOperation call, OutlivedResource outlived, ISymbol containingSymbol) =>
        new(
            Descriptors.OutlivedResource,
            call,
            LocationOf(call),
            _wording.Outlived(call, outlived, EnclosingFunction.Of(call, containingSymbol)),
            Value: outlived.Returned);

    // `var ignored = SendAsync();`: the way to write a discard before there were any.
    private static bool SaysDiscard(ILocalSymbol holder) =>
        holder.Name.Trim('_').ToLowerInvariant() is "" or "ignore" or "ignored" or "unused" or "discard" or "discarded";

    private bool IsStartedIn(ILocalSymbol? local, IOperation within) =>
        local is not null
        && LoopBounds.InitializerOf(local, within)?.WithoutConversions() is IInvocationOperation call
        && _awaitables.IsHot(call.Type)
        && _starts.Holds(call);

    private Finding? OfCollected(IInvocationOperation call, TaskTrail trail, ISymbol containingSymbol)
    {
        if (LoopBounds.LoopOf(call) is null)
        {
            return null;
        }

        var use = LocalUses.Of(trail.Holder!, call);
        if (use == LocalUse.Other || IsSilent(call) || LoopOf(call) is not { } loop)
        {
            return null;
        }

        return use == LocalUse.None
            ? SpawnInLoop(call, loop)
            : TestMethods.IsTest(containingSymbol) || CalleeWaits(call.TargetMethod) || _parts.AreWalked(loop, call)
                ? null
                : FanOut(call, LocationOf(call));
    }

    private Finding? OfSelected(IInvocationOperation call, IInvocationOperation selection, ISymbol containingSymbol) =>
        IsFanOut(selection, containingSymbol)
        && !IsSilent(call)
        && !CalleeWaits(call.TargetMethod)
        && !LoopBounds.Waits(EnclosingFunction.Of(call, containingSymbol).Root)
            ? FanOut(call, LocationOf(call))
            : null;

    private Finding? OfLoopBody(IOperation body, LoopCall loop) =>
        _silence.Covers(body) ? null : AsyncForEach(body, loop, body.Syntax.GetLocation());

    private Finding? OfDeclaration(IOperation start, IMethodSymbol method, CancellationToken cancellationToken) =>
        _voids.OfDeclaration(start, method, Options.Of(_options, start.Syntax.SyntaxTree), cancellationToken);

    private Finding? OfVoid(IOperation function, ISymbol containingSymbol, CancellationToken cancellationToken) =>
        OfCallback(function) is { } tick ? tick
        : _loopCalls.OfFunction(function) is { } loop ? OfLoopBody(function, loop)
        : SpawnOf(function) is { } spawn && IsRepeated(OfSpawn(spawn, containingSymbol)) ? null
        : _voids.OfDelegate(function, cancellationToken);

    private static bool IsRepeated(Finding? spawn) =>
        spawn is not null && (spawn.Rule == Descriptors.SpawnInLoop || spawn.Rule == Descriptors.OverlappingTick);

    private Finding? OfSelector(IOperation selector, ISymbol containingSymbol)
    {
        if (TaskTrail.SelectionOf(selector.Parent as IDelegateCreationOperation) is not { } selection)
        {
            return null;
        }

        switch (selector)
        {
            case IMethodReferenceOperation reference
                when !_awaitables.IsHot(reference.Method.ReturnType) || CalleeWaits(reference.Method):
            case IAnonymousFunctionOperation lambda
                when !_awaitables.IsHot(lambda.Symbol.ReturnType) || LoopBounds.Waits(lambda):
                return null;
        }

        return IsFanOut(selection, containingSymbol) && !_silence.Covers(selector)
            ? FanOut(selector, selector.Syntax.GetLocation())
            : null;
    }

    private Finding? OfSpawn(IInvocationOperation call, ISymbol containingSymbol)
    {
        var target = _spawning.Of(call.TargetMethod);
        if (target == SpawnTarget.None || _silence.Covers(call))
        {
            return null;
        }

        var starts = target switch
        {
            SpawnTarget.Group => Groups.HasNoLimit(call),
            SpawnTarget.Thread => IsNewThread(call, alsoLocal: true),
            _ => true,
        };
        if (starts && OfTick(call, containingSymbol) is { } tick)
        {
            return tick;
        }

        var loop = LoopOf(call);
        var function = EnclosingFunction.Of(call, containingSymbol);
        return target switch
        {
            SpawnTarget.Group when loop is not null && LoopBounds.IsEndless(loop) && Groups.HasNoLimit(call) =>
                SpawnInLoop(call, loop),
            SpawnTarget.Background when loop is not null && LoopBounds.IsEndless(loop) => SpawnInLoop(call, loop),
            SpawnTarget.Pool when loop is not null => SpawnInLoop(call, loop),
            SpawnTarget.Thread when loop is not null && IsNewThread(call, alsoLocal: true) => SpawnInLoop(call, loop),
            SpawnTarget.Background => OfOutlived(call, wrapper: null, containingSymbol),
            SpawnTarget.Pool or SpawnTarget.Thread when RunsAsyncVoid(call) => null,
            SpawnTarget.Pool => OfThread(call, function, containingSymbol),
            SpawnTarget.Thread when IsNewThread(call, alsoLocal: false) => OfThread(call, function, containingSymbol),
            _ => null,
        };
    }

    private Finding? OfThread(IInvocationOperation call, EnclosingFunction function, ISymbol containingSymbol) =>
        Detached(call, function)
        ?? OfOutlived(call, wrapper: null, containingSymbol)
        ?? (function.IsAsyncCode(_awaitables) ? Discarded(call, function) : null);

    private bool IsOnPool(IInvocationOperation call) => _spawning.Of(call.TargetMethod) == SpawnTarget.PoolTask;

    private Finding Discarded(IInvocationOperation call, EnclosingFunction function) =>
        Detached(call, function)
        ?? new(Descriptors.DiscardedTask, call, LocationOf(call), _wording.Discarded(call, function));

    private Finding? Detached(IInvocationOperation call, EnclosingFunction function) =>
        _groups.NearestTo(call, function.Symbol) is { } group
            ? new(Descriptors.DetachedInsideGroup, call, LocationOf(call), _wording.Detached(call, group))
            : null;

    private Finding OverlappingTick(IOperation start, TickingApi tick, Location location) =>
        new(Descriptors.OverlappingTick, start, location, _wording.OverlappingTick(start, tick));

    private Finding SpawnInLoop(IInvocationOperation call, ILoopOperation loop) =>
        _ticks.InLoop(call) is { } tick
            ? OverlappingTick(call, tick, LocationOf(call))
            : new(Descriptors.SpawnInLoop, call, LocationOf(call), _wording.SpawnInLoop(call, loop));

    private Finding AsyncForEach(IOperation start, LoopCall loop, Location location) =>
        new(Descriptors.AsyncForEach, start, location, _wording.AsyncForEach(start, loop));

    private Finding FanOut(IOperation start, Location location) =>
        new(Descriptors.UnboundedFanOut, start, location, _wording.FanOut(start));

    private bool IsSilent(IInvocationOperation call) =>
        ObservingApis.IsDetached(call.TargetMethod, Options.Of(_options, call.Syntax.SyntaxTree))
        || _silence.Covers(call);

    private static ILoopOperation? LoopOf(IInvocationOperation call) =>
        LoopBounds.LoopOf(call) is { } loop && !LoopBounds.IsBounded(loop, call) ? loop : null;

    private bool IsFanOut(IInvocationOperation selection, ISymbol containingSymbol) =>
        selection.Arguments.Length > 1
        && LocalUses.IsAwaitedTogether(selection)
        && !_parts.AreSelected(selection)
        && !LoopBounds.IsSmall(selection.Arguments[0].Value)
        && !TestMethods.IsTest(containingSymbol);

    private static bool IsNewThread(IInvocationOperation start, bool alsoLocal) => start.Instance switch
    {
        IObjectCreationOperation => true,
        ILocalReferenceOperation local => alsoLocal && LocalUses.IsOnlyStarted(local),
        _ => false,
    };

    // The pool or the thread that a function is handed to: 'QueueUserWorkItem(..)', 'new Thread(..).Start()'.
    private static IInvocationOperation? SpawnOf(IOperation function) =>
        function.Parent?.Parent is IArgumentOperation { Parent: var taker }
            ? taker switch
            {
                IInvocationOperation call when SpawningApis.LooksLikeSpawn(call.TargetMethod.Name) => call,
                IObjectCreationOperation { Parent: IInvocationOperation call } when call.Instance == taker => call,
                _ => null,
            }
            : null;

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

    // The callee's own body, by name: a throttle there bounds what runs, however many are started.
    private static bool CalleeWaits(IMethodSymbol method)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called }
                    && SpawningApis.LooksLikeWait(called.Name.Identifier.ValueText))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // With '?.' the call alone is a piece of an expression that nobody could read.
    private static Location LocationOf(IInvocationOperation call)
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
}
