using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Waits;

/// <summary>Decides where async code holds its thread by a primitive, and not by waiting for a task.</summary>
internal sealed class PrimitiveWaits
{
    private static readonly ConditionalWeakTable<Compilation, PrimitiveWaits> ByCompilation = new();

    private readonly AnalyzerOptions _options;
    private readonly KnownTypes _types;
    private readonly PrimitiveApis _apis;
    private readonly AsyncCode _asyncCode;
    private readonly Awaitables _awaitables;
    private readonly LoopCalls _loopCalls;
    private readonly Silence _silence;

    private PrimitiveWaits(Compilation compilation, AnalyzerOptions options)
    {
        _options = options;
        _types = KnownTypes.Of(compilation);
        _apis = PrimitiveApis.Of(compilation);
        _asyncCode = AsyncCode.Of(_types);
        _awaitables = Awaitables.Of(_types);
        _loopCalls = new(LoopingApis.Of(_types));
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static PrimitiveWaits Of(Compilation compilation, AnalyzerOptions options)
    {
        var waits = ByCompilation.GetValue(compilation, key => new PrimitiveWaits(key, options));
        return waits._options == options ? waits : new(compilation, options);
    }

    /// <summary>The row of a call, property or <c>new</c> that may hold its thread; null where it does not.</summary>
    public PrimitiveApi? RowOf(IOperation operation) =>
        MemberOf(operation) is { } member
        && _apis.RowOf(member, Options.Of(_options, operation.Syntax.SyntaxTree)) is { } row
        && (row.Form is PrimitiveForm.Sleep or PrimitiveForm.Parallel
            || operation is not IInvocationOperation call
            || !Timeouts.IsZero(call))
            ? row
            : null;

    public Finding? Of(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        if (RowOf(operation) is not { } row
            || !_asyncCode.Holds(operation, containingSymbol)
            || !Blocks(operation, row, containingSymbol))
        {
            return null;
        }

        var isLock = row.Form == PrimitiveForm.Lock || IsMutex(operation);
        var isHeldAtAwait = isLock && IsHeldAtAwait(operation, containingSymbol, cancellationToken);
        var barrier = operation.SemanticModel is { } model
            ? AsyncPlace.BarrierAt(operation.Syntax, model, cancellationToken)
            : AsyncBarrier.None;
        return new Finding(
            Descriptors.BlockingPrimitive,
            operation,
            operation.Syntax.GetLocation(),
            ImmutableArray.Create(
                NameOf(operation),
                row.Until,
                isHeldAtAwait
                    ? "it is held across an 'await', after which another thread may have to give it back: "
                        + PrimitiveApis.AsyncLock
                    : Advice(operation, row, barrier, isLock)),
            Severity: isLock && !isHeldAtAwait ? DiagnosticSeverity.Info : null)
            .OrLoop(
                containingSymbol,
                _types,
                NameOf(operation),
                row.Until,
                barrier is AsyncBarrier.None or AsyncBarrier.NotAsync ? null : Wording.BeyondBarrier(barrier));
    }

    /// <summary>Whether a place of synchronous code would be a mistake if that became asynchronous.</summary>
    /// <remarks>A lock that no <c>await</c> keeps is a suggestion only, there as here.</remarks>
    public bool IsWrongOnceAsync(IOperation operation, ISymbol? containingSymbol) =>
        RowOf(operation) is { Form: not PrimitiveForm.Lock } row
        && !IsMutex(operation)
        && !_asyncCode.Holds(operation, containingSymbol)
        && Blocks(operation, row, containingSymbol);

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => RowOf(candidate) is not null, cancellationToken) is { } operation
            ? Of(operation, model.GetEnclosingSymbol(node.SpanStart, cancellationToken), cancellationToken)
            : null;

    private static ISymbol? MemberOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IPropertyReferenceOperation property => property.Property,
        IObjectCreationOperation creation => creation.Constructor,
        _ => null,
    };

    private bool Blocks(IOperation operation, PrimitiveApi row, ISymbol? containingSymbol) =>
        !_silence.Covers(operation)
        && !SynchronousBranches.Hold(operation)
        && !IsHarmless(operation, row, containingSymbol)
        && !IsStandIn(operation, containingSymbol);

    private bool IsHarmless(IOperation operation, PrimitiveApi row, ISymbol? containingSymbol) =>
        row.Form switch
        {
            // Such a loop does not wait for its body: that is SCOPE403's mistake, and no thread is held.
            PrimitiveForm.Parallel => operation is IInvocationOperation loop && _loopCalls.IsLoop(loop, _awaitables),
            PrimitiveForm.Keyboard => IsOfProgram(containingSymbol) || IsPause(operation),
            PrimitiveForm.Process => operation is IInvocationOperation exit && ProcessExits.AreKnown(exit),
            PrimitiveForm.Sequence => operation is IInvocationOperation sequence && !SequenceUses.AreHere(sequence),
            PrimitiveForm.Signal => operation is IInvocationOperation wait && IsSignalledForGood(wait),
            _ => false,
        };

    // An event that is made signalled, and that nobody resets, lets everybody through.
    private static bool IsSignalledForGood(IInvocationOperation wait)
    {
        if (wait.Instance is not ILocalReferenceOperation { Local: var gate, Type.Name: var type } place
            || type is not ("ManualResetEvent" or "ManualResetEventSlim")
            || LocalMentions.InitializerOf(gate, place)?.WithoutConversions() is not IObjectCreationOperation creation
            || creation.Arguments is not [{ Value.ConstantValue: { HasValue: true, Value: true } }, ..])
        {
            return false;
        }

        return LocalMentions.Of(gate, place).All(
            static mention => mention.Parent is IInvocationOperation { TargetMethod.Name: not "Reset" });
    }

    // The class of a program's main function has nothing better to do than to wait for its user.
    private static bool IsOfProgram(ISymbol? symbol)
    {
        foreach (var member in symbol?.ContainingType?.GetMembers() ?? ImmutableArray<ISymbol>.Empty)
        {
            if (member is IMethodSymbol { IsStatic: true, Name: "Main" or "<Main>$" or "$Main" })
            {
                return true;
            }
        }

        return false;
    }

    // In a test, a lambda that gives a task without being async plays somebody's slow work.
    private static bool IsStandIn(IOperation operation, ISymbol? containingSymbol) =>
        EnclosingFunction.Of(operation, containingSymbol) is { IsLambda: true, IsAsync: false }
        && TestMethods.IsTest(containingSymbol);

    // `Console.ReadLine();` in a console program: "press Enter to go on".
    private bool IsPause(IOperation read) =>
        read.Parent is IExpressionStatementOperation
        && _types.Compilation.Options.OutputKind == OutputKind.ConsoleApplication;

    private static bool IsMutex(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.Name: "WaitOne", Instance.Type.Name: "Mutex" };

    private static bool IsHeldAtAwait(
        IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken) =>
        operation is { Syntax: InvocationExpressionSyntax taken, SemanticModel: { } model }
        && HeldLocks.AreHeldAtAwait(
            taken, EnclosingFunction.Of(operation, containingSymbol).Root.Syntax, model, cancellationToken);

    private string NameOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { IsExtensionMethod: true } extension } => extension.Name,
        IInvocationOperation { Instance.Type.Name: { Length: > 0 } type } call => $"{type}.{call.TargetMethod.Name}",
        IObjectCreationOperation creation => $"new {creation.Type?.Name}",
        _ => MemberOf(operation) is { } member ? $"{member.ContainingType?.Name}.{member.Name}" : "",
    };

    private string Advice(IOperation operation, PrimitiveApi row, AsyncBarrier barrier, bool isLock) => barrier switch
    {
        AsyncBarrier.None => Instead(operation, row, isLock),
        AsyncBarrier.NotAsync => "make the function async and " + Instead(operation, row, isLock),
        _ => Wording.BeyondBarrier(barrier),
    };

    private string Instead(IOperation operation, PrimitiveApi row, bool isLock) => operation switch
    {
        _ when isLock => PrimitiveApis.AsyncLock,
        IInvocationOperation { Instance: IPropertyReferenceOperation { Property: { Name: "WaitHandle" } handle } } when
            handle.ContainingType.Is(_types.CancellationToken) => "use 'await Task.Delay' with the token",
        _ => row.Instead,
    };
}
