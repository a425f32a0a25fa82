namespace ScopedTasks.CodeFixes.Building.Waits;

/// <summary>Writes the <c>await</c> that stands for a blocking expression: where it stands, or nothing.</summary>
internal static class AwaitInPlace
{
    /// <param name="site">The site, whose node is the expression that blocks.</param>
    /// <param name="waitOf">
    /// What is awaited for the expression; of <c>x?.Wait()</c> it is asked for <c>x.Wait()</c>.
    /// </param>
    public static Edit? Write(Site site, Func<ExpressionSyntax, BlockedWait?> waitOf)
    {
        if (!site.CanAwait
            || site.Node is not ExpressionSyntax blocking
            || blocking.ContainsDirectives
            || AsksForItsThread(site.Member))
        {
            return null;
        }

        var edit = IsBehindNullCheck(blocking) ? Guarded(site, blocking, waitOf) : Plain(site, blocking, waitOf);
        return edit is not null && Comments.AreKept(site, edit) ? edit : null;
    }

    /// <summary>
    /// Whether code looks at its thread, and may mean the one that blocks: after an await it is another, and free.
    /// </summary>
    public static bool AsksForItsThread(SyntaxNode member) =>
        member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText is "CurrentThread" or "CurrentManagedThreadId");

    private static Edit? Plain(
        Site site, ExpressionSyntax blocking, Func<ExpressionSyntax, BlockedWait?> waitOf)
    {
        if (waitOf(blocking) is not { } wait)
        {
            return null;
        }

        return CompoundAssignmentOf(blocking) is { } assignment
            ? Hoisted(site, blocking, Awaited(wait), assignment, wait.Title)
            : new Edit(wait.Title).Rewrite(
                blocking, rewritten => Awaited(waitOf((ExpressionSyntax)rewritten) ?? wait));

        ExpressionSyntax Awaited(BlockedWait awaited) =>
            Expressions.InPlaceOf(blocking, Expressions.Await(site, awaited.Task));
    }

    // `x?.Wait();` as a statement: what is awaited is awaited when there is an x.
    private static Edit? Guarded(
        Site site, ExpressionSyntax blocking, Func<ExpressionSyntax, BlockedWait?> waitOf)
    {
        var title = "";
        if (DroppedWork.Of(blocking) is not { Guard: not null, Statement: { } statement } dropped
            || NullGuard.Write(site, dropped, Awaited) is not { } guarded)
        {
            return null;
        }

        return title.Length == 0 ? null : new Edit(title).Replace(statement, guarded);

        ExpressionSyntax Awaited(ExpressionSyntax work)
        {
            if (waitOf(work) is not { } wait)
            {
                return work;
            }

            title = wait.Title;
            return Expressions.Await(site, wait.Task);
        }
    }

    /// <summary>Whether the expression is evaluated only when what stands before a <c>?.</c> is not null.</summary>
    /// <remarks>
    /// An argument behind the check, or what is assigned there (C# 14), is an expression of its own.
    /// </remarks>
    public static bool IsBehindNullCheck(ExpressionSyntax blocking)
    {
        SyntaxNode child = blocking;
        for (var parent = blocking.Parent;
            parent is ExpressionSyntax && (parent as AssignmentExpressionSyntax)?.Right != child;
            parent = parent.Parent)
        {
            if (parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == child)
            {
                return true;
            }

            child = parent;
        }

        return false;
    }

    /// <summary>The compound assignment whose right side waits: its left side would be read before the await.</summary>
    public static AssignmentExpressionSyntax? CompoundAssignmentOf(ExpressionSyntax blocking)
    {
        SyntaxNode child = blocking;
        for (var parent = child.Parent; parent is not (null or StatementSyntax or AnonymousFunctionExpressionSyntax);
            parent = parent.Parent)
        {
            if (parent is AssignmentExpressionSyntax assignment
                && assignment.Right == child
                && assignment.Kind() is not (SyntaxKind.SimpleAssignmentExpression
                    or SyntaxKind.CoalesceAssignmentExpression))
            {
                return assignment;
            }

            child = parent;
        }

        return null;
    }

    private static Edit? Hoisted(
        Site site,
        ExpressionSyntax blocking,
        ExpressionSyntax awaited,
        AssignmentExpressionSyntax assignment,
        string title)
    {
        if (assignment.Parent is not ExpressionStatementSyntax statement || HasEffects(assignment.Left))
        {
            return null;
        }

        var right = assignment.Right == blocking ? awaited : assignment.Right.ReplaceNode(blocking, awaited);
        var name = new Names(site).Fresh("result");
        var value = Code.Statement($"var {name} = $0;" + site.NewLine, right.WithoutTrivia())
            .WithLeadingTrivia(statement.GetLeadingTrivia());
        var rest = statement
            .ReplaceNode(assignment.Right, SyntaxFactory.IdentifierName(name).WithTriviaFrom(assignment.Right))
            .WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(statement)));
        return new Edit(title).Replace(statement, [value, rest]);
    }

    private static bool HasEffects(ExpressionSyntax left) =>
        left.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax
            or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax
            or PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression,
            });
}
