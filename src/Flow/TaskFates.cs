using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Fates;
using ScopedTasks.Analyzers.Flow.Handlers;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Flow.Timers;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides what is wrong with one start of work: only here is the rule of a site chosen.</summary>
internal sealed class TaskFates
{
    private static readonly ConditionalWeakTable<Compilation, TaskFates> ByCompilation = new();

    private readonly AnalyzerOptions _options;
    private readonly Awaitables _awaitables;
    private readonly ObservingApis _observing;
    private readonly LoopCalls _loopCalls;
    private readonly CompilerWarning _compilerWarning;
    private readonly Silence _silence;
    private readonly TaskValues _values;
    private readonly Starts _starts;
    private readonly Ticks _ticks;
    private readonly AsyncVoids _voids;
    private readonly MulticastCalls _multicasts;
    private readonly Wording _wording;
    private readonly StartFindings _findings;
    private readonly AwaitedFates _awaited;
    private readonly OutlivedFates _outlived;
    private readonly KeptFates _kept;
    private readonly FanOutFates _fanOuts;
    private readonly SpawnFates _spawns;
    private readonly ConditionalWeakTable<IOperation, Answer> _answers = new();

    private TaskFates(Compilation compilation, AnalyzerOptions options)
    {
        var types = KnownTypes.Of(compilation);
        var spawning = SpawningApis.Of(types);
        _options = options;
        _awaitables = Awaitables.Of(types);
        _observing = ObservingApis.Of(types);
        _loopCalls = new(LoopingApis.Of(types));
        _compilerWarning = CompilerWarning.Of(compilation);
        _silence = new(types, _observing);
        _values = new(types, _awaitables, _observing);
        _starts = new(_observing, _awaitables);
        _ticks = new(types, _observing, _awaitables);
        _wording = new(types, spawning, _awaitables);
        _multicasts = new(compilation, _awaitables);
        _voids = new(types, _awaitables, _silence, _wording);

        var lifetimes = new TaskLifetimes(_awaitables);
        _findings = new(_wording, new(types), _ticks);
        _awaited = new(
            new(types, _awaitables, _observing, lifetimes),
            new(types, _awaitables, _starts, lifetimes),
            new(types, _awaitables),
            _starts,
            _silence,
            options,
            _wording);
        _outlived = new(new(types, _awaitables, _observing, lifetimes, options), _starts, _silence, options, _findings);
        _kept = new(
            lifetimes, spawning, _awaitables, _starts, _silence, options, _outlived, _awaited, _findings, _wording);
        _fanOuts = new(_awaitables, _silence, options, _findings);
        _spawns = new(spawning, _awaitables, _silence, _outlived, _findings);
    }

    public static TaskFates Of(Compilation compilation, AnalyzerOptions options)
    {
        var fates = ByCompilation.GetValue(compilation, key => new TaskFates(key, options));
        return fates._options == options ? fates : new(compilation, options);
    }

    /// <summary>What is wrong with the work that the operation starts; null if nothing, or if it starts none.</summary>
    /// <remarks>Every rule asks it of the same calls: the answer for one that starts work is kept with it.</remarks>
    public Finding? Of(IOperation start, ISymbol containingSymbol, CancellationToken cancellationToken)
    {
        if (start is not IInvocationOperation { Type: { } type } || !_awaitables.IsHot(type))
        {
            return Find(start, containingSymbol, cancellationToken);
        }

        if (!_answers.TryGetValue(start, out var answer))
        {
            var finding = Find(start, containingSymbol, cancellationToken);
            answer = _answers.GetValue(start, _ => new(finding));
        }

        return answer.Finding;
    }

    private Finding? Find(
        IOperation start, ISymbol containingSymbol, CancellationToken cancellationToken) => start switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call =>
            OfDelegateCall(call, containingSymbol, cancellationToken),
        IInvocationOperation { Parent: IAwaitOperation } call => _awaited.Of(call, containingSymbol, cancellationToken),
        IInvocationOperation call => OfCall(call, containingSymbol, cancellationToken),
        IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } or
            IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } } =>
            OfVoid(start, containingSymbol, cancellationToken),
        IAnonymousFunctionOperation { Symbol.IsAsync: true } or IMethodReferenceOperation =>
            _fanOuts.OfSelector(start, containingSymbol),
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

        return StartNodes.Of(node).FirstFinding(
            model, operation => Of(operation, symbol, cancellationToken), cancellationToken);
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
                : StartFindings.Of(
                    Descriptors.MulticastAsyncEvent,
                    call,
                    _wording.Multicast(target, call.Type),

                    // Who has all the handlers in hand may know that there is one.
                    severity: target is IEventSymbol && !target.IsVisibleOutside() ? DiagnosticSeverity.Info : null);
    }

    private Finding? OfCall(IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken)
    {
        var finding = OfStart(call, containingSymbol, cancellationToken);
        return finding is null || (!IsRepeated(finding)
            && finding.Rule != Descriptors.AsyncForEach
            && finding.Rule != Descriptors.DetachedInsideGroup
            && finding.Rule != Descriptors.OutlivedResource)
            ? _awaited.OfNested(call, cancellationToken)
                ?? finding
                ?? _awaited.OfRace(call, containingSymbol, cancellationToken)
                ?? _awaited.OfPointless(call, containingSymbol)
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
            return SpawningApis.LooksLikeSpawn(call.TargetMethod.Name) ? _spawns.Of(call, containingSymbol)
                : call.TargetMethod is { IsAsync: true, ReturnsVoid: true } && !_silence.CoversStart(call, _options)
                    ? _findings.Tick(call, containingSymbol)
                    : null;
        }

        if (call.TargetMethod.OriginalDefinition.HasAttribute("ColdAttribute"))
        {
            return null;
        }

        if (!_awaitables.IsHot(type))
        {
            return _awaitables.Of(type) == Awaitable.None ? null : OfValue(call, containingSymbol);
        }

        var trail = TaskTrail.Follow(call, _observing, _awaitables);
        if (trail.Fate is TaskFate.Escaped or TaskFate.Joined)
        {
            return _outlived.OfReturned(call, containingSymbol)
                ?? _awaited.OfTimeout(call, holder: null, containingSymbol, cancellationToken)
                ?? (trail.Fate == TaskFate.Escaped
                    ? _outlived.OfStored(call, containingSymbol) ?? OfValue(call, containingSymbol)
                    : null);
        }

        if (!_starts.Holds(call))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return trail.Fate switch
        {
            TaskFate.Dropped or TaskFate.Discarded => OfLost(call, trail, containingSymbol),
            TaskFate.Kept => _kept.OfLoop(call, trail) ?? _kept.Of(call, trail, containingSymbol, cancellationToken),
            TaskFate.Collected =>
                _fanOuts.OfCollected(call, trail, containingSymbol)
                ?? _kept.Of(call, trail, containingSymbol, cancellationToken),
            TaskFate.Selected => _fanOuts.OfSelected(call, (IInvocationOperation)trail.End, containingSymbol),
            _ => null,
        };
    }

    private Finding? OfValue(IOperation start, ISymbol containingSymbol) =>
        _values.Of(start, containingSymbol) is { } value && !_silence.Covers(start)
            ? new(
                Descriptors.TaskAsValue,
                start,
                start is IInvocationOperation call ? StartFindings.LocationOf(call) : start.Syntax.GetLocation(),
                _wording.AsValue(start, value, EnclosingFunction.Of(start, containingSymbol)),
                Value: value.Value)
            : null;

    private Finding? OfLost(IInvocationOperation call, TaskTrail trail, ISymbol containingSymbol)
    {
        if (_silence.CoversStart(call, _options))
        {
            return null;
        }

        if (_findings.Tick(call, containingSymbol) is { } tick)
        {
            return tick;
        }

        if (LoopBounds.UnboundedLoopOf(call) is { } loop)
        {
            return _findings.SpawnInLoop(call, loop);
        }

        if (trail.Fate == TaskFate.Dropped && _loopCalls.OfBody(trail.End) is { } loopCall)
        {
            return _findings.AsyncForEach(call, loopCall, StartFindings.LocationOf(call));
        }

        var function = EnclosingFunction.Of(call, containingSymbol);
        var known = _findings.Detached(call, function)
            ?? _outlived.OfLost(call, trail.Wrapper, containingSymbol);
        if (known is not null)
        {
            return known;
        }

        if (trail.Fate == TaskFate.Discarded)
        {
            return _findings.Discarded(call, function);
        }

        var compilerSpeaks = _compilerWarning.Speaks((IExpressionStatementOperation)trail.End, function);
        if (!compilerSpeaks && CompilerWarning.IsSilencedAt(call.Syntax))
        {
            return _findings.Discarded(call, function);
        }

        return StartFindings.Of(
            Descriptors.DroppedTask,
            call,
            _wording.Dropped(call, trail, function),
            compilerSpeaks,

            // A test that waits for nothing often drops on purpose what it only has to call; never what it asserts.
            severity: TestMethods.IsSynchronous(containingSymbol) && !TestMethods.IsAssertion(call.TargetMethod)
                ? DiagnosticSeverity.Info
                : null);
    }

    private Finding? OfCallback(IOperation function) =>
        _ticks.OfCallback(function) is { } tick && !_silence.Covers(function)
            ? _findings.OverlappingTick(function, tick, function.Syntax.GetLocation())
            : null;

    private Finding? OfLoopBody(IOperation body, LoopCall loop) =>
        _silence.Covers(body) ? null : _findings.AsyncForEach(body, loop, body.Syntax.GetLocation());

    private Finding? OfDeclaration(IOperation start, IMethodSymbol method, CancellationToken cancellationToken) =>
        _voids.OfDeclaration(start, method, Options.Of(_options, start.Syntax.SyntaxTree), cancellationToken);

    private Finding? OfVoid(IOperation function, ISymbol containingSymbol, CancellationToken cancellationToken) =>
        OfCallback(function) is { } tick ? tick
        : _loopCalls.OfFunction(function) is { } loop ? OfLoopBody(function, loop)
        : SpawnFates.SpawnOf(function) is { } spawn && IsRepeated(_spawns.Of(spawn, containingSymbol)) ? null
        : _voids.OfDelegate(function, cancellationToken);

    private static bool IsRepeated(Finding? spawn) =>
        spawn is not null && (spawn.Rule == Descriptors.SpawnInLoop || spawn.Rule == Descriptors.OverlappingTick);

    /// <summary>What was found at one call, if anything.</summary>
    private sealed class Answer(Finding? finding)
    {
        public Finding? Finding { get; } = finding;
    }
}
