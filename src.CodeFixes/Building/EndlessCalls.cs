using ScopedTasks.Analyzers.Flow.Bounds;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Decides whether a call never ends by itself, so that waiting for it would change what the program does.
/// </summary>
internal static class EndlessCalls
{
    private const int Depth = 2;

    public static bool IsEndless(Site site, ExpressionSyntax work) =>
        work.DescendantNodesAndSelf().OfType<AnonymousFunctionExpressionSyntax>().Any(lambda =>
            NeverEnds(lambda.Body, site.Model, site.CancellationToken))
        || work.DescendantNodesAndSelf().Where(IsCallOrMethodGroup).Any(call =>
            site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method
            && IsEndless(site, method, Depth));

    // What is handed over as a delegate runs, too.
    private static bool IsCallOrMethodGroup(SyntaxNode node) =>
        node is InvocationExpressionSyntax
            or IdentifierNameSyntax { Parent: ArgumentSyntax }
            or MemberAccessExpressionSyntax { Parent: ArgumentSyntax };

    private static bool IsEndless(Site site, IMethodSymbol method, int depth)
    {
        if (IsHostRun(method))
        {
            return true;
        }

        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(site.CancellationToken);
            if (!site.Model.Compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            {
                continue;
            }

            var model = site.Model.Compilation.GetSemanticModel(syntax.SyntaxTree);
            if (BodyOf(syntax) is { } body
                && (NeverEnds(body, model, site.CancellationToken)
                    || (depth > 1 && AwaitsLast(body, model, site.CancellationToken) is { } inner
                        && IsEndless(site, inner, depth - 1))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool NeverEnds(CSharpSyntaxNode body, SemanticModel model, CancellationToken cancellationToken)
    {
        if (body is not BlockSyntax { Statements: { Count: > 0 } statements })
        {
            return false;
        }

        // Of a local function's whole block the analysis says that its end is never reached.
        var last = statements.Last();
        return Passed(statements).Any(loop => IsEndless(loop, model, cancellationToken))
            || (last is not ThrowStatementSyntax
                && model.AnalyzeControlFlow(statements[0], last) is
                    { Succeeded: true, EndPointIsReachable: false, ReturnStatements.IsEmpty: true });
    }

    // `while (true)` is a retry where something within leaves it.
    private static bool IsEndless(StatementSyntax loop, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetOperation(loop, cancellationToken) is ILoopOperation operation
        && LoopBounds.IsEndless(operation)
        && (loop is not WhileStatementSyntax { Condition.RawKind: (int)SyntaxKind.TrueLiteralExpression }
            || model.AnalyzeControlFlow(loop) is { EndPointIsReachable: false, ReturnStatements.IsEmpty: true });

    // The loops that are run through whenever the statements are.
    private static IEnumerable<StatementSyntax> Passed(IEnumerable<StatementSyntax> statements) =>
        statements.SelectMany(statement => statement switch
        {
            WhileStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or DoStatementSyntax =>
                [statement],
            TryStatementSyntax guarded => Passed(guarded.Block.Statements),
            UsingStatementSyntax scope => Passed([scope.Statement]),
            BlockSyntax block => Passed(block.Statements),
            _ => Enumerable.Empty<StatementSyntax>(),
        });

    private static IMethodSymbol? AwaitsLast(
        CSharpSyntaxNode body, SemanticModel model, CancellationToken cancellationToken)
    {
        var last = body is BlockSyntax block ? block.Statements.LastOrDefault() : body;
        return last?.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call
            ? model.GetSymbolInfo(call, cancellationToken).Symbol as IMethodSymbol
            : null;
    }

    private static CSharpSyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => (CSharpSyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax local => (CSharpSyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
        _ => null,
    };

    private static bool IsHostRun(IMethodSymbol method) =>
        method.Name is "RunAsync" or "WaitForShutdownAsync" or "RunConsoleAsync"
        && method.ContainingNamespace?.ToDisplayString()
            is "Microsoft.Extensions.Hosting" or "Microsoft.AspNetCore.Builder" or "Microsoft.AspNetCore.Hosting";
}
