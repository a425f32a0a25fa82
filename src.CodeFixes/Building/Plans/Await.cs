namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Awaits the work where it stands: dropped, or in place of its result.</summary>
internal sealed class Await : Plan
{
    private const string Title = "Await it";

    public override Edit? For(Site site) =>
        site.Finding.Rule == Descriptors.PointlessStart ? OfPointless(site)
        : site.Finding.Value is { } value ? OfValue(site, value)
        : OfDropped(site);

    private static Edit? OfPointless(Site site)
    {
        if (!site.CanAwait || DirectCall.In(site.Node) is not { } call)
        {
            return null;
        }

        var edit = new Edit(Title);
        if (site.Node.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable })
        {
            edit.Replace(site.Node, call.WithTriviaFrom(site.Node));
        }
        else if (site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is ILocalSymbol local
            && KeptLocal.MentionsOf(site, local).ToList() is [var mention]
            && KeptLocal.Of(site, mention) is { } kept
            && mention.FirstAncestorOrSelf<StatementSyntax>() is { } awaiting)
        {
            edit.Remove(kept.Declaration).Replace(
                (SyntaxNode)awaiting,
                awaiting.ReplaceNode(mention, call.WithTriviaFrom(mention))
                    .WithLeadingTrivia(kept.Declaration.GetLeadingTrivia()));
        }
        else
        {
            return null;
        }

        return Comments.AreKept(site, edit) ? edit : null;
    }

    private static Edit? OfValue(Site site, IOperation value)
    {
        // In `_text += await F()` the old text would be read before the wait.
        var taker = value.Parent is IConversionOperation conversion ? conversion.Parent : value.Parent;
        if (!site.CanAwait
            || value.Syntax is not ExpressionSyntax whole
            || site.Awaitables.ResultOf(site.Start.Type) is not { } result
            || (site.Awaitables.IsHot(result) && taker is not IBinaryOperation)
            || (site.Start is ILocalReferenceOperation && site.Awaitables.IsValueTask(site.Start.Type))
            || taker is ICompoundAssignmentOperation { Target: not ILocalReferenceOperation }
            || MayBeNull(site.Node, whole)
            || EndlessCalls.IsEndless(site, whole))
        {
            return null;
        }

        var awaited = Expressions.Await(site, whole);
        return Expressions.IsReadAsCall(whole, awaited)
            ? null
            : new Edit(Title).Replace(whole, Expressions.InPlaceOf(whole, awaited));
    }

    // To await `x?.DoAsync()` is to fail where there is no x.
    private static bool MayBeNull(SyntaxNode start, ExpressionSyntax whole)
    {
        var mayBeNull = whole.GetFirstToken().Parent is MemberBindingExpressionSyntax or BracketedArgumentListSyntax;
        for (var node = start; node != whole && node.Parent is { } parent; node = parent)
        {
            mayBeNull = parent switch
            {
                ConditionalAccessExpressionSyntax => true,
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } => false,
                _ => mayBeNull,
            };
        }

        return mayBeNull;
    }

    private static Edit? OfDropped(Site site)
    {
        if (!site.CanAwait
            || site.Start is IAwaitOperation
            || DroppedWork.Of(site, site.Node) is not { } dropped
            || (dropped.IsBody && site.Function is { IsLambda: true, Symbol.ReturnsVoid: true })
            || IsNested(site, dropped.Work)
            || EndlessCalls.IsEndless(site, dropped.Work)
            || (site.Finding.Rule == Descriptors.UnjoinedLocal && !EndsFunction(dropped.Whole)))
        {
            return null;
        }

        // What was let go on purpose may wait for something that only comes after it.
        var needsDecision = site.Finding.Rule.Id == Descriptors.DiscardedTask.Id && !EndsFunction(dropped.Whole);
        if (HandedWork.Of(site, dropped.Work) is { } handed)
        {
            return handed.State is null
                ? new Edit(Title) { NeedsDecision = needsDecision }.Replace(
                    dropped.Whole,
                    Expressions.Await(site, handed.AsTask(node => node)).WithTriviaFrom(dropped.Whole))
                : null;
        }

        if (dropped.Guard is null)
        {
            var awaited = Expressions.Await(site, Awaited(dropped));
            var edit = new Edit(Title) { NeedsDecision = needsDecision };
            return dropped.Local is { } local
                ? edit.Replace(local, [Code.Statement("$0;", awaited).WithTriviaFrom(local)])
                : edit.Replace(dropped.Whole, awaited.WithTriviaFrom(dropped.Whole));
        }

        var checkedWork = Awaited(dropped) is ConditionalAccessExpressionSyntax access
            ? dropped with { Work = access.WhenNotNull }
            : dropped;
        return NullGuard.Write(site, checkedWork, work => Expressions.Await(site, work)) is { } guarded
            ? new Edit(Title) { NeedsDecision = needsDecision }.Replace(dropped.Statement!, guarded)
            : null;
    }

    // Whether the function ends with it: no statement follows, no round of a loop, no handler.
    private static bool EndsFunction(ExpressionSyntax dropped)
    {
        foreach (var node in dropped.Ancestors())
        {
            switch (node)
            {
                case ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                    or TryStatementSyntax or SwitchStatementSyntax:
                case StatementSyntax statement when StatementList.Around(statement)?.From(statement).Length > 1:
                    return false;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return true;
            }
        }

        return true;
    }

    // To await the outer task of two is to wait for the start alone.
    private static bool IsNested(Site site, ExpressionSyntax work) =>
        site.Awaitables.IsHot(site.Awaitables.ResultOf(site.Model.GetTypeInfo(work, site.CancellationToken).Type));

    // What was written with the task, `ConfigureAwait` too, is awaited with it.
    private static ExpressionSyntax Awaited(DroppedWork dropped) =>
        Expressions.Unparenthesized(
            dropped.Whole is AssignmentExpressionSyntax discard ? discard.Right : dropped.Whole);
}
