using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Cancellation;

/// <summary>Decides whether a <c>catch</c> keeps a cancellation to itself and goes on.</summary>
/// <remarks>
/// Whoever ends the function, or the loop, after a cancellation has heard it. So has a loop that asks the token, or
/// awaits with it outside of the <c>try</c>.
/// </remarks>
internal sealed class SwallowedCancellations
{
    private static readonly ConditionalWeakTable<Compilation, SwallowedCancellations> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Silence _silence;

    private SwallowedCancellations(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static SwallowedCancellations Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new SwallowedCancellations(compilation));

    public Finding? Of(IOperation operation, ISymbol? containingSymbol)
    {
        if (operation is not ICatchClauseOperation { Filter: null, Parent: ITryOperation @try } clause
            || !CatchesCancellation(clause.ExceptionType)
            || IsCaughtBefore(@try, clause)
            || !EnclosingFunction.Of(@try, containingSymbol).IsAsync
            || WaitIn(@try.Body, LoopCode.Holds(@try, containingSymbol, _types)) is not { } wait
            || Leaves(clause)
            || TestMethods.IsTest(containingSymbol))
        {
            return null;
        }

        var token = TokenOf(wait);
        var goesOn = GoesOn(@try, token, out var isEndless);
        if (goesOn is null
            || (token is null && !isEndless)
            || (token is not null && Names(clause.Handler, token))
            || _silence.Covers(@try))
        {
            return null;
        }

        return new(
            Descriptors.SwallowedCancellation,
            clause,
            LocationOf(clause),
            ImmutableArray.Create(
                ((wait.Operation.WithoutConfiguration() as IInvocationOperation)?.TargetMethod.Name ?? "await"),
                goesOn,
                token is null ? "rethrow it" : $"rethrow it when '{token.Name}' was cancelled"),
            Severity: isEndless || IsInScope(@try, containingSymbol) ? null : DiagnosticSeverity.Info);
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node.FirstAncestorOrSelf<CatchClauseSyntax>() is { Parent: TryStatementSyntax @try } clause
        && model.GetOperation(@try, cancellationToken) is ITryOperation operation
        && operation.Catches.FirstOrDefault(candidate => candidate.Syntax == clause) is { } found
            ? Of(found, model.GetEnclosingSymbol(node.SpanStart, cancellationToken))
            : null;

    /// <summary>The token of the parameter that what is awaited in the <c>try</c> was given; null if none.</summary>
    public static IParameterSymbol? TokenOf(ICatchClauseOperation clause) =>
        clause.Parent is ITryOperation @try && WaitIn(@try.Body, isInLoop: false) is { } wait ? TokenOf(wait) : null;

    private static Location LocationOf(ICatchClauseOperation clause) =>
        clause.Syntax is CatchClauseSyntax { Declaration: { } declaration }
            ? declaration.GetLocation()
            : ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation();

    private static bool CatchesCancellation(ITypeSymbol? type) =>
        type is null or { SpecialType: SpecialType.System_Object }
        || (type.ContainingNamespace?.Name is "System" or "Tasks"
            && type.Name
                is "Exception" or "SystemException" or "OperationCanceledException" or "TaskCanceledException");

    private static bool IsCaughtBefore(ITryOperation @try, ICatchClauseOperation clause)
    {
        foreach (var earlier in @try.Catches)
        {
            if (earlier == clause)
            {
                return false;
            }

            if (CatchesCancellation(earlier.ExceptionType))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first await in the <c>try</c> that a cancellation may end.</summary>
    private static IAwaitOperation? WaitIn(IOperation body, bool isInLoop)
    {
        foreach (var operation in body.OwnDescendants())
        {
            if (operation is IAwaitOperation awaited && (isInLoop || TokenOf(awaited) is not null))
            {
                return awaited;
            }
        }

        return null;
    }

    private static IParameterSymbol? TokenOf(IAwaitOperation awaited)
    {
        if (awaited.Operation.WithoutConfiguration() is IInvocationOperation call)
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Value is IParameterReferenceOperation { Parameter: var token }
                    && token.Type.Name == nameof(CancellationToken))
                {
                    return token;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the handler throws, returns, jumps, or hands the exception to somebody who will.</summary>
    private static bool Leaves(ICatchClauseOperation clause)
    {
        var exception = clause.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation declarator
            ? declarator.Symbol
            : null;
        foreach (var operation in clause.Handler.OwnDescendants())
        {
            switch (operation)
            {
                case IThrowOperation or IReturnOperation:
                case IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo }:
                case IInvocationOperation { TargetMethod.Name: "Throw" or "Exit" or "FailFast" or "Rethrow" }:
                case IInvocationOperation { TargetMethod.Name: var name } when name.Contains("Cancel"):

                // What is written down is kept from nobody, and helps nobody who waits.
                case IInvocationOperation call
                    when exception is not null
                    && Names(call, exception)
                    && !LoggingApis.LooksLikeLogging(call.TargetMethod):
                case ISimpleAssignmentOperation { Value: var kept }
                    when exception is not null && Names(kept, exception):
                case IIsTypeOperation or IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation
                    when exception is not null && Names(operation, exception):
                    return true;

                // A flag that ends the loop: `running = false;`
                case ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: bool } }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Where the code goes on after the handler, as a message says it; null where it ends.</summary>
    private static string? GoesOn(ITryOperation @try, IParameterSymbol? token, out bool isEndless)
    {
        isEndless = false;
        IOperation child = @try;
        for (var parent = @try.Parent;
            parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            switch (parent)
            {
                case ILoopOperation loop:
                    isEndless = LoopBounds.IsEndless(loop);
                    return token is not null && NamesOutside(loop, token, @try) ? null
                        : loop is IForEachLoopOperation { IsAsynchronous: true } || TellsListeners(loop) ? null
                        : "and the loop goes on";
                case IBlockOperation block when FollowingIn(block, child) is { } following:
                    return token is not null && following.Exists(statement => Names(statement, token)) ? null
                        : following.Exists(HasAwait) ? "and the function goes on"
                        : null;
                case ITryOperation outer when outer.Body == child && outer.Catches.Length > 0:
                    break;
            }

            child = parent;
        }

        return null;
    }

    // Whoever tells listeners tells all of them, whatever becomes of one.
    private static bool TellsListeners(ILoopOperation loop) =>
        loop is IForEachLoopOperation { Locals: [var listener] } && HandlerApis.LooksLikeListener(listener.Type);

    private static List<IOperation>? FollowingIn(IBlockOperation block, IOperation child)
    {
        var index = block.Operations.IndexOf(child);
        return index >= 0 && index < block.Operations.Length - 1
            ? block.Operations.Skip(index + 1).ToList()
            : null;
    }

    private static bool HasAwait(IOperation statement)
    {
        if (statement is ILocalFunctionOperation)
        {
            return false;
        }

        foreach (var operation in statement.OwnDescendants())
        {
            if (operation is IAwaitOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool NamesOutside(ILoopOperation loop, IParameterSymbol token, ITryOperation @try)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is IParameterReferenceOperation { Parameter: var named }
                && SymbolEqualityComparer.Default.Equals(named, token)
                && !@try.Syntax.Span.Contains(operation.Syntax.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(IOperation within, ISymbol symbol)
    {
        foreach (var operation in within.DescendantsAndSelf())
        {
            if (SymbolEqualityComparer.Default.Equals(TaskOrigins.SymbolOf(operation), symbol))
            {
                return true;
            }
        }

        return false;
    }

    // A group's child or body, a scope's body, a coroutine: somebody waits for it to end.
    private bool IsInScope(IOperation site, ISymbol? containingSymbol)
    {
        if (LoopCode.Holds(site, containingSymbol, _types))
        {
            return true;
        }

        return EnclosingFunction.Of(site, containingSymbol).Root is IAnonymousFunctionOperation
        {
            Parent: IDelegateCreationOperation
            {
                Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: var type } },
            },
        }
        && (type.Is(_types.TaskGroup) || type.Is(_types.CancelScope) || type.Is(_types.CoroutineGroup));
    }
}
