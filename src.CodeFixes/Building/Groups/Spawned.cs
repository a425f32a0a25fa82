namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Writes dropped work as a child that something else owns: in place, whether statement or expression body.
/// </summary>
internal static class Spawned
{
    public static Edit? Write(
        Site site,
        DroppedWork dropped,
        string title,
        Func<Child, ExpressionSyntax> write,
        ChildForm form)
    {
        var names = new Names(site);
        if (!new Tokens(site).TryFind([dropped.Work], out var token)
            || Child.Of(site, dropped.Work, token, names, form) is not { } child)
        {
            return null;
        }

        if (dropped.Guard is { } guard)
        {
            return dropped.Statement is { } guarded
                && child.Hoisted.IsEmpty
                && NullGuard.Write(site, dropped, _ => write(child)) is { } statement
                && Unguarded(statement, guard) is { } replacement
                ? new Edit(title).Replace(guarded, replacement)
                : null;
        }

        if (child.Hoisted.IsEmpty)
        {
            return new Edit(title).Replace(dropped.Whole, write(child).WithTriviaFrom(dropped.Whole));
        }

        return dropped.Statement is { } single && StatementsFor(single, child, write) is { } statements
            && single.Parent is BlockSyntax block
            ? new Edit(title).Replace(
                block,
                block.WithStatements(block.Statements.ReplaceRange(single, statements)))
            : null;
    }

    /// <summary>
    /// The locals that keep the arguments, then the start, in place of a statement and with its comments.
    /// </summary>
    public static IReadOnlyList<StatementSyntax> StatementsFor(
        StatementSyntax original,
        Child child,
        Func<Child, ExpressionSyntax> write)
    {
        var statements = child.Hoisted.Add(
            Code.Statement("$0;", write(child)).WithTrailingTrivia(original.GetTrailingTrivia()));
        return statements.SetItem(0, statements[0].WithLeadingTrivia(original.GetLeadingTrivia()));
    }

    // Within the delegate, too, the guarded receiver is named.
    private static StatementSyntax? Unguarded(StatementSyntax statement, ExpressionSyntax guard)
    {
        var binding = statement.DescendantNodes().OfType<MemberBindingExpressionSyntax>().FirstOrDefault();
        return binding is null
            ? statement
            : statement.ReplaceNode(
                binding,
                SyntaxFactory.MemberAccessExpression(
                    SyntaxKind.SimpleMemberAccessExpression, guard.WithoutTrivia(), binding.Name));
    }
}
