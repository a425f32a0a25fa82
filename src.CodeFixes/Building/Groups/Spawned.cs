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

        if (child.Hoisted.IsEmpty && dropped is { Guard: null, Local: null })
        {
            return new Edit(title).Replace(dropped.Whole, write(child).WithTriviaFrom(dropped.Whole));
        }

        return dropped.Statement is { } statement && StatementsFor(site, dropped, child, write) is { } statements
            ? new Edit(title).Replace(statement, statements)
            : null;
    }

    /// <summary>
    /// The locals that keep the arguments, then the start, in place of its statement and with its comments.
    /// </summary>
    public static IReadOnlyList<StatementSyntax>? StatementsFor(
        Site site,
        DroppedWork dropped,
        Child child,
        Func<Child, ExpressionSyntax> write)
    {
        if (dropped.Guard is { } guard)
        {
            return child.Hoisted.IsEmpty
                && NullGuard.Write(site, dropped, _ => write(child)) is { } guarded

                    // Within the delegate, too, the guarded receiver is named.
                    ? [NullGuard.Named(guarded, guard) ?? guarded]
                    : null;
        }

        return StatementsFor(dropped.Statement!, child, write);
    }

    /// <summary>The same for a start that stands within its statement, as an argument of <c>Add</c>.</summary>
    public static IReadOnlyList<StatementSyntax> StatementsFor(
        StatementSyntax original,
        Child child,
        Func<Child, ExpressionSyntax> write)
    {
        var statements = child.Hoisted.Add(
            Code.Statement("$0;", write(child)).WithTrailingTrivia(original.GetTrailingTrivia()));
        return statements.SetItem(0, statements[0].WithLeadingTrivia(original.GetLeadingTrivia()));
    }
}
