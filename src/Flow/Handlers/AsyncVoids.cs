using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Handlers;

/// <summary>
/// Decides what is wrong with an asynchronous function that returns nothing: that it is one, that it becomes a
/// delegate whose caller waits for nothing, or that it handles events and lets an exception out.
/// </summary>
internal sealed class AsyncVoids(KnownTypes types, Awaitables awaitables, Silence silence, Wording wording)
{
    private readonly HandlerApis _handlers = HandlerApis.Of(types);

    /// <summary>What is wrong with the <c>async void</c> method or local function that is declared there.</summary>
    public Finding? OfDeclaration(
        IOperation declaration, IMethodSymbol method, Options options, CancellationToken cancellationToken)
    {
        if (declaration.SemanticModel is not { } model)
        {
            return null;
        }

        if (EventHandlers.HasShape(method) || EventHandlers.IsOverridden(method, types))
        {
            return Unguarded(declaration, declaration.Syntax, method, model, cancellationToken);
        }

        if (EventHandlers.IsGivenSignature(method, types)
            || IsForget(method)
            || ObservingApis.IsDetached(method, options))
        {
            return null;
        }

        var uses = MethodUses.Of(method, model, cancellationToken);
        return uses switch
        {
            { IsHanded: true } => null,
            { IsSubscribed: true, IsCalled: false } =>
                Unguarded(declaration, declaration.Syntax, method, model, cancellationToken),
            _ => OfMethod(declaration, method, model, cancellationToken),
        };
    }

    /// <summary>What is wrong with the <c>async void</c> lambda or method group.</summary>
    public Finding? OfDelegate(IOperation function, CancellationToken cancellationToken)
    {
        if (MethodOf(function) is not { } method
            || function.Parent is not IDelegateCreationOperation
            {
                Type: INamedTypeSymbol { DelegateInvokeMethod: { ReturnsVoid: true } invoke } type,
            } creation
            || silence.Covers(function))
        {
            return null;
        }

        var body = method.DeclaringSyntaxReferences is [var reference, ..]
            ? reference.GetSyntax(cancellationToken)
            : null;
        var model = body?.SyntaxTree == function.Syntax.SyntaxTree ? function.SemanticModel : null;
        if (IsAdded(creation) || EventHandlers.HasShape(invoke))
        {
            // Of a method that is a handler the rule speaks where it is declared.
            return function is IAnonymousFunctionOperation
                ? Unguarded(function, function.Syntax, method, model, cancellationToken)
                : null;
        }

        if (IsHandler(creation))
        {
            return body is not null && !EventHandlers.HasShape(method)
                ? Unguarded(function, body, method, model, cancellationToken)
                : null;
        }

        var isGuarded = body is not null && GuardedBody.Catches(body, model, cancellationToken);
        return new(
            Descriptors.AsyncVoidDelegate,
            function,
            function.Syntax.GetLocation(),
            wording.VoidDelegate(function, type, isGuarded),
            Severity: isGuarded ? DiagnosticSeverity.Info : null);
    }

    private static Finding OfMethod(
        IOperation declaration, IMethodSymbol method, SemanticModel model, CancellationToken cancellationToken)
    {
        var isGuarded = GuardedBody.Catches(declaration.Syntax, model, cancellationToken);
        return new(
            Descriptors.AsyncVoid,
            declaration,
            LocationOf(declaration.Syntax),
            Wording.Void(method, isGuarded),
            Severity: isGuarded ? DiagnosticSeverity.Info : null);
    }

    private static Finding? Unguarded(
        IOperation function,
        SyntaxNode body,
        IMethodSymbol method,
        SemanticModel? model,
        CancellationToken cancellationToken) =>
        GuardedBody.LeakOf(body, model, cancellationToken) is { } leak
            ? new(
                Descriptors.UnguardedHandler, function, LocationOf(function.Syntax), Wording.Unguarded(method, leak))
            : null;

    // `async void Forget(this Task task) { try { await task; } catch (Exception e) { .. } }`
    private bool IsForget(IMethodSymbol method) =>
        method.Parameters.Length > 0
        && awaitables.Of(method.Parameters[0].Type) != Awaitable.None
        && GuardedBody.Of(method);

    private bool IsHandler(IDelegateCreationOperation creation) =>
        TakerOf(creation) is IArgumentOperation argument
        && argument.Parent switch
        {
            IObjectCreationOperation made => _handlers.IsCommand(made.Type),
            IInvocationOperation call => _handlers.Posts(call.TargetMethod),
            _ => false,
        };

    // To an event, or to a delegate that holds several.
    private static bool IsAdded(IDelegateCreationOperation creation) => TakerOf(creation) switch
    {
        IEventAssignmentOperation => true,
        ICompoundAssignmentOperation => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } => true,
        _ => false,
    };

    private static IOperation? TakerOf(IOperation value)
    {
        var taker = value.Parent;
        while (taker is IConversionOperation or IDelegateCreationOperation)
        {
            taker = taker.Parent;
        }

        return taker;
    }

    private static IMethodSymbol? MethodOf(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        IMethodReferenceOperation reference => reference.Method,
        _ => null,
    };

    private static Location LocationOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.GetLocation(),
        LocalFunctionStatementSyntax local => local.Identifier.GetLocation(),
        _ => function.GetLocation(),
    };
}
