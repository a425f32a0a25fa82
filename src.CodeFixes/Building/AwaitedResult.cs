namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Where the task that an awaited call gives is awaited, too: at once, or through a local that is named only there.
/// </summary>
/// <param name="Whole">The <c>await</c> of the inner task.</param>
/// <param name="Declaration">The declaration of the local between; null where there is none.</param>
internal sealed record AwaitedResult(AwaitExpressionSyntax Whole, StatementSyntax? Declaration)
{
    public static AwaitedResult? Of(Site site, InvocationExpressionSyntax call)
    {
        if (AwaitOf(call) is not { } outer)
        {
            return null;
        }

        if (AwaitOf(outer) is { } inner)
        {
            return new(inner, null);
        }

        if (outer.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            || site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is not ILocalSymbol winner
            || KeptLocal.MentionsOf(site, winner).ToList() is not [var mention]
            || KeptLocal.Of(site, mention) is not { } kept
            || AwaitOf(mention) is not { } later
            || !kept.StandsBefore(later))
        {
            return null;
        }

        return new(later, kept.Declaration);
    }

    private static AwaitExpressionSyntax? AwaitOf(ExpressionSyntax task)
    {
        var current = task;
        while (true)
        {
            switch (current.Parent)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    current = parenthesized;
                    break;
                case MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured,
                } when configured != current:
                    current = configured;
                    break;
                case AwaitExpressionSyntax awaited:
                    return awaited;
                default:
                    return null;
            }
        }
    }
}
