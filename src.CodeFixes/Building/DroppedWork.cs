namespace ScopedTasks.CodeFixes.Building;

/// <summary>How a dropped start stands in the code: the whole expression that drops it, and the work within.</summary>
/// <param name="Whole">What a fix replaces: <c>_ = F(x)</c>, <c>F(x).ConfigureAwait(false)</c>, <c>x?.F()</c>.</param>
/// <param name="Work">What runs: <c>F(x)</c>, <c>b ? F() : G()</c>.</param>
/// <param name="Guard">The receiver that must not be null for the work to run: the <c>x</c> of <c>x?.F()</c>.</param>
/// <param name="Local">The declaration that does nothing but keep it, in a local that nobody names.</param>
internal sealed record DroppedWork(
    ExpressionSyntax Whole, ExpressionSyntax Work, ExpressionSyntax? Guard, StatementSyntax? Local = null)
{
    /// <summary>The statement that consists of the drop alone; null in an expression-bodied member or lambda.</summary>
    public StatementSyntax? Statement => Local ?? Whole.Parent as ExpressionStatementSyntax;

    /// <summary>Whether the drop is a function's expression body.</summary>
    public bool IsBody => Whole.Parent is AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax;

    public static DroppedWork? Of(SyntaxNode start) => Of(start, site: null);

    /// <summary>The same, also where a local that nobody names keeps the work.</summary>
    public static DroppedWork? Of(Site site, SyntaxNode start) => Of(start, site);

    private static DroppedWork? Of(SyntaxNode start, Site? site)
    {
        if (start is not ExpressionSyntax current)
        {
            return null;
        }

        var work = current;
        ExpressionSyntax? guard = null;
        while (true)
        {
            switch (current.Parent)
            {
                case ExpressionStatementSyntax:
                case AnonymousFunctionExpressionSyntax lambda when lambda.Body == current:
                case ArrowExpressionClauseSyntax:
                    return new(current, work, guard);

                case EqualsValueClauseSyntax kept when site is not null && guard is null:
                    return LostLocal.Of(site, kept) is { } lost ? new(current, work, guard, lost.Declaration) : null;

                case ParenthesizedExpressionSyntax parent:
                    current = parent;
                    break;

                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } parent:
                    current = parent;
                    break;

                case ConditionalExpressionSyntax parent when parent.Condition != current && guard is null:
                    current = work = parent;
                    break;

                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } parent when guard is null:
                    current = work = parent;
                    break;

                case ConditionalAccessExpressionSyntax parent when parent.WhenNotNull == current && guard is null:
                    current = parent;
                    guard = parent.Expression;
                    break;

                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } parent
                    when parent.Right == current:
                    current = parent;
                    break;

                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
                    when access.Expression == current:
                    current = call;
                    work = access.Name.Identifier.ValueText == "ConfigureAwait" ? work : call;
                    break;

                default:
                    return null;
            }
        }
    }
}
