using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Decides whether a start on the thread pool does nothing for work that is awaited at once.</summary>
/// <remarks>
/// It does where the code belongs to a context that it leaves, and where the work keeps its thread busy: only of a
/// method of this compilation that awaits with its first statement can that be said not to be so.
/// </remarks>
internal sealed class PointlessStarts(KnownTypes types, Awaitables awaitables)
{
    private readonly Lazy<bool> _isInterface = new(() => CallerContext.IsInterface(types.Compilation));

    /// <summary>The method that could be awaited in place of the call; null where the start may have a point.</summary>
    public IMethodSymbol? CalleeOf(IInvocationOperation call, INamedTypeSymbol? caller) =>
        call is { TargetMethod.Name: "Run", Arguments: [{ Value: IDelegateCreationOperation { Target: var work } }] }
        && call.TargetMethod.ContainingType.Is(types.Task)
        && IsAwaitedAtOnce(call)
        && CalledBy(work) is { IsAsync: true } callee
        && awaitables.IsHot(callee.ReturnType)
        && AwaitsAtOnce(callee)
        && !_isInterface.Value
        && !CallerContext.IsLeftBy(caller)
            ? callee
            : null;

    private static IMethodSymbol? CalledBy(IOperation work) => work switch
    {
        IMethodReferenceOperation reference => reference.Method,
        IAnonymousFunctionOperation { Body.Operations: [var only, ..] rest }
            when rest.Length == 1 || rest is [_, IReturnOperation { ReturnedValue: null, IsImplicit: true }] =>
            OnlyCallIn(only)?.TargetMethod,
        _ => null,
    };

    // What is computed for its arguments is work, too.
    private static IInvocationOperation? OnlyCallIn(IOperation statement)
    {
        var value = statement switch
        {
            IReturnOperation { ReturnedValue: { } returned } => returned,
            IExpressionStatementOperation { Operation: var expression } => expression,
            _ => null,
        };
        value = value?.WithoutConversions();
        if (value is IAwaitOperation awaited)
        {
            value = awaited.Operation.WithoutConfiguration();
        }

        return value is IInvocationOperation call
            && !call.Descendants().Any(static inner => inner is IInvocationOperation or IObjectCreationOperation)
                ? call
                : null;
    }

    private static bool IsAwaitedAtOnce(IInvocationOperation call) => call.WithConfiguration().Parent switch
    {
        IAwaitOperation => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
            IsAwaitedNext(declarator),
        _ => false,
    };

    private static bool IsAwaitedNext(IVariableDeclaratorOperation declarator)
    {
        IOperation statement = declarator;
        while (statement.Parent is { } parent and not IBlockOperation)
        {
            statement = parent;
        }

        if (statement is not IVariableDeclarationGroupOperation { Declarations: [{ Declarators.Length: 1 }] }
            || statement.Parent is not IBlockOperation block
            || block.Operations.IndexOf(statement) + 1 is var next && next == block.Operations.Length)
        {
            return false;
        }

        return LocalMentions.Of(declarator.Symbol, declarator) is [var mention]
            && block.Operations[next].Syntax.Span.Contains(mention.Syntax.Span)
            && mention.Parent is IAwaitOperation or IInvocationOperation
            {
                TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation,
            };
    }

    private static bool AwaitsAtOnce(IMethodSymbol method) =>
        method.OriginalDefinition is { IsVirtual: false, IsOverride: false, DeclaringSyntaxReferences: [var reference] }
        && reference.GetSyntax() switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: var value } => IsAwait(value),
            MethodDeclarationSyntax { Body.Statements: [var first, ..] } => IsAwait(first),
            LocalFunctionStatementSyntax { ExpressionBody.Expression: var value } => IsAwait(value),
            LocalFunctionStatementSyntax { Body.Statements: [var first, ..] } => IsAwait(first),
            _ => false,
        };

    private static bool IsAwait(SyntaxNode first)
    {
        if (first is StatementSyntax and not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: 0,
            } or ReturnStatementSyntax))
        {
            return false;
        }

        var calls = 0;
        var isAwaited = false;
        foreach (var node in first.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case AwaitExpressionSyntax:
                    isAwaited = true;
                    break;
                case ObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax:
                    return false;
                case InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
                }:
                    break;
                case InvocationExpressionSyntax:
                    calls++;
                    break;
            }
        }

        return isAwaited && calls == 1;
    }
}
