using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Writes <c>x?.F();</c> as <c>if (x != null) ..</c>, so that what is done with the work is done when there is any.
/// </summary>
internal static class NullGuard
{
    public static StatementSyntax? Write(Site site, DroppedWork dropped, Func<ExpressionSyntax, ExpressionSyntax> write)
    {
        if (dropped is not { Guard: { } guard, Statement: { } statement }
            || !IsSimple(site, guard)
            || Unconditional(dropped.Work, guard) is not { } work)
        {
            return null;
        }

        return Write(site, statement, guard, Code.Statement("$0;" + site.NewLine, write(work)));
    }

    /// <summary>
    /// <c>if (guard != null) { then }</c> in place of the statement; in braces where an <c>else</c> comes after it that
    /// belongs to another <c>if</c>.
    /// </summary>
    public static StatementSyntax Write(Site site, StatementSyntax statement, ExpressionSyntax guard, SyntaxNode then)
    {
        var line = site.NewLine;
        var check = Code.Statement($"if ($0 != null){line}{{{line}$1;{line}}}", guard.WithoutTrivia(), then);
        return (StandsBeforeElse(statement)
                ? SyntaxFactory.Block(check).WithAdditionalAnnotations(Formatter.Annotation)
                : check)
            .WithTriviaFrom(statement);
    }

    private static bool StandsBeforeElse(StatementSyntax statement)
    {
        for (SyntaxNode child = statement; child.Parent is StatementSyntax and not BlockSyntax; child = child.Parent)
        {
            if (child.Parent is IfStatementSyntax { Else: not null } check && check.Statement == child)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The work with the guard as its receiver, <c>x.F()</c> or <c>x[0].F()</c>; null where that may be null again.
    /// </summary>
    public static ExpressionSyntax? Unconditional(ExpressionSyntax work, ExpressionSyntax guard)
    {
        if (work.DescendantNodesAndSelf().OfType<ConditionalAccessExpressionSyntax>()
            .Any(again => again.SpanStart == work.SpanStart))
        {
            return null;
        }

        return Named(work, guard);
    }

    /// <summary>
    /// The code with the guard where nothing stands before <c>.F()</c> or <c>[0]</c>; null if something does.
    /// </summary>
    /// <remarks>An argument may ask something else for something: <c>.F(y?.Z)</c>.</remarks>
    public static T? Named<T>(T code, ExpressionSyntax guard)
        where T : SyntaxNode
    {
        var asked = new HashSet<int>(code.DescendantNodesAndSelf().OfType<ConditionalAccessExpressionSyntax>()
            .Select(access => access.WhenNotNull.SpanStart));
        return code.DescendantNodesAndSelf().FirstOrDefault(node =>
            node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax
            && !asked.Contains(node.SpanStart)) switch
        {
            MemberBindingExpressionSyntax binding => code.ReplaceNode(
                binding,
                SyntaxFactory.MemberAccessExpression(
                    SyntaxKind.SimpleMemberAccessExpression, guard.WithoutTrivia(), binding.Name)),
            ElementBindingExpressionSyntax binding => code.ReplaceNode(
                binding,
                SyntaxFactory.ElementAccessExpression(guard.WithoutTrivia(), binding.ArgumentList)),
            _ => null,
        };
    }

    /// <summary>Whether it is the same when it is read twice: a local, a parameter, a read-only field.</summary>
    public static bool IsSimple(Site site, ExpressionSyntax guard) =>
        guard is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && site.Model.GetSymbolInfo(guard, site.CancellationToken).Symbol
            is ILocalSymbol or IParameterSymbol or IFieldSymbol { IsReadOnly: true };
}
