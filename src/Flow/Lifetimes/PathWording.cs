namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Says in words which path loses a task.</summary>
internal static class PathWording
{
    private const int MaximalLength = 40;

    /// <summary>The way that the condition chooses: by the jump that it leads to, or else by what it asks.</summary>
    public static string Of(IOperation condition, bool holds)
    {
        var current = condition.Syntax;
        while (WholeOf(current, holds) is { } whole)
        {
            holds ^= whole is PrefixUnaryExpressionSyntax;
            current = whole;
        }

        var arm = current.Parent is IfStatementSyntax choice
            ? holds ? choice.Statement : choice.Else?.Statement
            : null;
        return JumpOf(arm) is { } jump
            ? $"'{jump}' leaves before"
            : $"not where '{Shortened(current.ToString())}' {(holds ? "holds" : "does not hold")}";
    }

    /// <summary>Whether the condition is that of a loop.</summary>
    public static bool IsOfLoop(SyntaxNode condition)
    {
        var current = condition;
        while (current.Parent is ExpressionSyntax parent)
        {
            current = parent;
        }

        return current is CommonForEachStatementSyntax
            || current.Parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                or CommonForEachStatementSyntax;
    }

    // The condition that is decided by this part of it.
    private static ExpressionSyntax? WholeOf(SyntaxNode part, bool holds) => part.Parent switch
    {
        ParenthesizedExpressionSyntax whole => whole,
        PrefixUnaryExpressionSyntax whole when whole.IsKind(SyntaxKind.LogicalNotExpression) => whole,
        BinaryExpressionSyntax whole when whole.IsKind(SyntaxKind.LogicalAndExpression) && !holds => whole,
        BinaryExpressionSyntax whole when whole.IsKind(SyntaxKind.LogicalOrExpression) && holds => whole,
        _ => null,
    };

    private static string? JumpOf(StatementSyntax? arm) => arm switch
    {
        BlockSyntax { Statements: [.., var last] } => JumpOf(last),
        ReturnStatementSyntax => "return",
        BreakStatementSyntax => "break",
        ContinueStatementSyntax => "continue",
        ThrowStatementSyntax => "throw",
        GotoStatementSyntax => "goto",
        _ => null,
    };

    private static string Shortened(string condition)
    {
        var text = string.Join(" ", condition.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= MaximalLength ? text : text.Substring(0, MaximalLength) + "..";
    }
}
