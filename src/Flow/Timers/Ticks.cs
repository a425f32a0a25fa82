using System.Collections.Concurrent;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Timers;

/// <summary>
/// Decides whether work is started by a timer's tick, or by another callback that comes again, while the last one's may
/// still run.
/// </summary>
internal sealed class Ticks(KnownTypes types, ObservingApis observing, Awaitables awaitables)
{
    private readonly TickingApis _apis = TickingApis.Of(types);
    private readonly ConcurrentDictionary<IMethodSymbol, TickingApi?> _handlers = new(SymbolEqualityComparer.Default);

    /// <summary>What ticks, for a call whose work nobody waits for; null if nothing does or overlaps.</summary>
    public TickingApi? Around(IInvocationOperation start, ISymbol containingSymbol)
    {
        if (LoopOf(start) is not null)
        {
            return InLoop(start);
        }

        var function = EnclosingFunction.Of(start, containingSymbol);
        return function switch
        {
            { Root: IAnonymousFunctionOperation lambda } => RowOf(lambda, lambda),
            { Root: ILocalFunctionOperation local } => RowOf(local),
            { Symbol: { } method } when LooksLikeHandler(method) => RowOf(method),
            _ => null,
        };
    }

    /// <summary>The same for a start in a loop over the ticks of a timer.</summary>
    public TickingApi? InLoop(IOperation start) =>
        LoopOf(start) is { } loop
        && !LoopBounds.IsBounded(loop, start)
        && !TickGuards.Hold(loop.Body.Syntax)
        && !TickGuards.HoldInCallees(loop.Body, types.Compilation)
            ? RowIn(loop)
            : null;

    /// <summary>What ticks, for an asynchronous lambda or method that is the callback.</summary>
    public TickingApi? OfCallback(IOperation function)
    {
        var body = function switch
        {
            IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } lambda => lambda,
            IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } } reference =>
                BodyOf(reference.Method),
            _ => null,
        };
        return body is null ? null : RowOf(function, body);
    }

    /// <summary>The loop around the start that waits for the ticks of a timer.</summary>
    public ILoopOperation? LoopOf(IOperation start)
    {
        for (var loop = LoopBounds.LoopOf(start); loop is not null; loop = LoopBounds.LoopOf(loop))
        {
            if (RowIn(loop) is not null)
            {
                return loop;
            }
        }

        return null;
    }

    private TickingApi? RowIn(ILoopOperation loop)
    {
        if (loop is IForEachLoopOperation)
        {
            return null;
        }

        foreach (var operation in loop.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "WaitForNextTickAsync" } call
                && LoopBounds.LoopOf(call) == loop)
            {
                return _apis.RowOf(call.TargetMethod);
            }
        }

        return null;
    }

    // A method that looks like nobody's handler is not searched for.
    private static bool LooksLikeHandler(IMethodSymbol method) => method is
    {
        ReturnsVoid: true, MethodKind: MethodKind.Ordinary, Parameters.Length: 1 or 2, DeclaredAccessibility:
            not Accessibility.Public,
    };

    private TickingApi? RowOf(IMethodSymbol method) => _handlers.GetOrAdd(
        method.OriginalDefinition,
        handler => BodyOf(handler) is { } body
            ? ReferencesTo(handler).Select(reference => RowOf(reference, body)).FirstOrDefault(row => row is not null)
            : null);

    private TickingApi? RowOf(ILocalFunctionOperation function)
    {
        foreach (var operation in EnclosingMember.RootOf(function).Descendants())
        {
            if (operation is IMethodReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Method, function.Symbol)
                && RowOf(reference, function) is { } row)
            {
                return row;
            }
        }

        return null;
    }

    private IEnumerable<IOperation> ReferencesTo(IMethodSymbol method)
    {
        foreach (var declaration in method.ContainingType.DeclaringSyntaxReferences)
        {
            var syntax = declaration.GetSyntax();
            SemanticModel? model = null;
            foreach (var name in syntax.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText != method.Name)
                {
                    continue;
                }

                SyntaxNode node = name.Parent is MemberAccessExpressionSyntax access && access.Name == name
                    ? access
                    : name;
                if (node.Parent is not InvocationExpressionSyntax)
                {
                    model ??= types.Compilation.GetSemanticModel(syntax.SyntaxTree);
                    if (model.GetOperation(node) is IMethodReferenceOperation reference
                        && SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, method))
                    {
                        yield return reference;
                    }
                }
            }
        }
    }

    private IOperation? BodyOf(IMethodSymbol method) =>
        method.OriginalDefinition.DeclaringSyntaxReferences is [var reference]
        && reference.GetSyntax() is var declaration
        && types.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            ? types.Compilation.GetSemanticModel(declaration.SyntaxTree).GetOperation(declaration)
            : null;

    /// <summary>What the function, a value, is the callback of; null where nothing can overlap.</summary>
    private TickingApi? RowOf(IOperation function, IOperation body) =>
        RowOfValue(function, followsLocals: true) is { } row
        && !TickGuards.Hold(body.Syntax)
        && !TickGuards.HoldInCallees(body, types.Compilation)
        && !OnlyAwaitsOwned(body)
            ? row
            : null;

    private TickingApi? RowOfValue(IOperation function, bool followsLocals)
    {
        var value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            value = value.Parent;
        }

        switch (value.Parent)
        {
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation source }:
                return _apis.RowOf(source.Event) is { } row && !TickGuards.FiresOnce(source) ? row : null;
            case IArgumentOperation { Parameter.Name: not ("onError" or "onCompleted") } argument:
                var callee = argument.Parent switch
                {
                    IObjectCreationOperation creation => creation.Constructor,
                    IInvocationOperation call => call.TargetMethod,
                    _ => null,
                };
                return callee is not null && _apis.RowOf(callee) is { Source: not TickSource.Loop } taker
                    && !TickGuards.FiresOnce(argument.Parent!)
                        ? taker
                        : null;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation kept } when followsLocals:
                foreach (var reference in LocalMentions.Of(kept.Symbol, kept))
                {
                    if (RowOfValue(reference, followsLocals: false) is { } found)
                    {
                        return found;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    // `async (s, e) => await InvokeAsync(StateHasChanged)`: nothing runs that somebody else does not look after.
    private bool OnlyAwaitsOwned(IOperation body)
    {
        var awaits = 0;
        foreach (var operation in body.Descendants())
        {
            if (operation is not IAwaitOperation awaited)
            {
                continue;
            }

            awaits++;
            if (!(awaited.Operation.WithoutConfiguration() is IInvocationOperation call
                && (observing.Of(call.TargetMethod) is Observation.Owned || !awaitables.IsHot(call.Type))))
            {
                return false;
            }
        }

        return awaits > 0;
    }
}
