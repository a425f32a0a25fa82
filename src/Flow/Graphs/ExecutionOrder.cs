namespace ScopedTasks.Analyzers.Flow.Graphs;

/// <summary>Decides by the code's structure whether one place has run, or may have, when another is reached.</summary>
internal static class ExecutionOrder
{
    /// <summary>Whether the earlier place may have run: it stands before, or a loop brings it back.</summary>
    public static bool MayPrecede(SyntaxNode earlier, SyntaxNode later)
    {
        var common = CommonAncestor(earlier, later);
        if (earlier.SpanStart < later.SpanStart && !Exclude(earlier, later, common))
        {
            return true;
        }

        if (IsDeferred(later, common))
        {
            return true;
        }

        for (var current = common; current is not null && !IsFunction(current); current = current.Parent)
        {
            if (IsLoop(current))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the earlier place has run whenever the later one is reached by way of its own block.</summary>
    public static bool Dominates(SyntaxNode earlier, SyntaxNode later)
    {
        if (earlier.SpanStart >= later.SpanStart)
        {
            return false;
        }

        var child = earlier;
        for (var parent = earlier.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent.Span.Contains(later.Span))
            {
                return true;
            }

            if (IsFunction(parent) || MayBeSkipped(parent, child))
            {
                return false;
            }

            child = parent;
        }

        return false;
    }

    private static bool MayBeSkipped(SyntaxNode parent, SyntaxNode child) => parent switch
    {
        IfStatementSyntax @if => @if.Condition != child,
        ElseClauseSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax or CatchClauseSyntax => true,
        ConditionalExpressionSyntax choice => choice.Condition != child,
        ConditionalAccessExpressionSyntax access => access.WhenNotNull == child,
        BinaryExpressionSyntax binary => binary.Right == child
            && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression
                or SyntaxKind.CoalesceExpression,
        WhileStatementSyntax @while => @while.Condition != child,
        ForStatementSyntax @for => @for.Statement == child,
        CommonForEachStatementSyntax loop => loop.Statement == child,
        TryStatementSyntax @try => @try.Block == child && @try.Catches.Count > 0,
        _ => false,
    };

    /// <summary>Whether the two stand in branches of which only one runs.</summary>
    private static bool Exclude(SyntaxNode earlier, SyntaxNode later, SyntaxNode? common) => common switch
    {
        IfStatementSyntax @if => @if.Statement.Span.Contains(earlier.Span)
            && @if.Else?.Span.Contains(later.Span) is true,
        ConditionalExpressionSyntax choice => choice.WhenTrue.Span.Contains(earlier.Span)
            && choice.WhenFalse.Span.Contains(later.Span),
        SwitchStatementSyntax or SwitchExpressionSyntax =>
            !((common as SwitchStatementSyntax)?.Expression ?? ((SwitchExpressionSyntax)common).GoverningExpression)
                .Span.Contains(earlier.Span),
        _ => false,
    };

    /// <summary>Whether the later place is in a function of its own, which runs whenever somebody calls it.</summary>
    private static bool IsDeferred(SyntaxNode later, SyntaxNode? common)
    {
        for (var current = later.Parent; current is not null && current != common; current = current.Parent)
        {
            if (IsFunction(current))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax
            and not GlobalStatementSyntax;

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static SyntaxNode? CommonAncestor(SyntaxNode left, SyntaxNode right)
    {
        var current = left;
        while (current is not null && !current.Span.Contains(right.Span))
        {
            current = current.Parent;
        }

        return current;
    }
}
