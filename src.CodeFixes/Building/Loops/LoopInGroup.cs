using ScopedTasks.Analyzers.Flow.Bounds;

namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// Bounds a loop that starts work: as one call over its source where the body is the start alone, else as the loop it
/// was, within a group whose <c>SpawnAsync</c> waits for a free slot.
/// </summary>
internal static class LoopInGroup
{
    /// <summary>A loop whose starts are dropped or discarded.</summary>
    public static Edit? OfDropped(Site site) =>
        DroppedWork.Of(site, site.Node) is { Statement: { } start, Guard: null } dropped
        && LoopBounds.LoopOf(site.Start) is { Syntax: StatementSyntax loop }
            ? Write(site, loop, start, dropped.Work, CollectedTasks.None)
            : null;

    /// <summary>A loop whose starts go into a list that is awaited as a whole, right after the loop.</summary>
    public static Edit? OfCollected(Site site) =>
        site.Node is ExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax add } } work
        && add.Parent is ExpressionStatementSyntax start
        && LoopBounds.LoopOf(site.Start) is { Syntax: StatementSyntax loop }
        && CollectedTasks.Of(site, add, loop) is { } collected
            ? Write(site, loop, start, work, collected)
            : null;

    /// <summary>A loop over a timer's ticks whose work is dropped: one piece of it at a time.</summary>
    public static Edit? OfTick(Site site, ILoopOperation loop) =>
        site.HasRuntime
        && loop.Syntax is StatementSyntax ticks
        && DroppedWork.Of(site.Node) is { Statement: { } start, Guard: null } dropped
        && new Tokens(site).TryFind([dropped.Work], out var token)
        && !OwnedResources.AreUsedBy(site, dropped.Work)
            ? InGroup(
                site,
                ticks,
                start,
                dropped.Work,
                token,
                $"Run one at a time in a task group {FailureModes.SuperviseTitle}",
                Limits.GroupOptions("1", isEndless: true))
            : null;

    private static Edit? Write(
        Site site,
        StatementSyntax loop,
        StatementSyntax start,
        ExpressionSyntax work,
        CollectedTasks collected)
    {
        if (!new Tokens(site).TryFind([work], out var token) || OwnedResources.AreUsedBy(site, work))
        {
            return null;
        }

        var isEndless = EndlessSource.IsAround(site);
        var limit = Limits.Of(site, work);
        var title = $"Bound it: at most {limit} at once "
            + (isEndless ? FailureModes.SuperviseTitle : FailureModes.CollectTitle);
        return !isEndless && loop is ForEachStatementSyntax each && IsAlone(each, start)
            ? AsCall(site, each, work, token, limit, collected, title) ?? InGroup()
            : InGroup();

        Edit? InGroup() => collected.Results is null
            ? collected.RemoveFrom(LoopInGroup.InGroup(
                site, loop, start, work, token, title, Limits.GroupOptions($"{limit}", isEndless)))
            : null;
    }

    private static Edit? InGroup(
        Site site,
        StatementSyntax loop,
        StatementSyntax start,
        ExpressionSyntax work,
        ExpressionSyntax? token,
        string title,
        string options)
    {
        var names = new Names(site);
        var wrapper = new GroupWrapper(site, title, token, options, names);
        if (!site.HasRuntime || Child.Of(site, work, token, names, ChildForm.Queued) is not { } child)
        {
            return null;
        }

        var statements = Spawned.StatementsFor(start, child, written => written.InBounded(site, wrapper.Group));
        return wrapper.Wrap([loop], new Dictionary<StatementSyntax, StatementChange> { [start] = _ => statements });
    }

    private static Edit? AsCall(
        Site site,
        ForEachStatementSyntax loop,
        ExpressionSyntax work,
        ExpressionSyntax? token,
        int limit,
        CollectedTasks collected,
        string title)
    {
        if (!IsPlain(site, loop)
            || Child.Of(site, work, token, new Names(site), ChildForm.PerItem) is not { } child)
        {
            return null;
        }

        var body = child.PerItem(loop.Identifier.Text);
        if (collected.Results is { } results)
        {
            return BoundedCall.Select(site, loop.Expression, body, token, limit) is { } select
                ? collected.Await(
                    new Edit($"Bound it: at most {limit} at once (the first failure cancels the rest)").Remove(loop),
                    results,
                    Expressions.Await(site, select))
                : null;
        }

        return BoundedCall.ForEach(site, loop.Expression, body, token, $"{limit}") is { } call
            ? collected.RemoveFrom(
                new Edit(title).Replace(
                    loop,
                    Code.Statement("$0;", Expressions.Await(site, call))
                        .WithTriviaFrom(loop)
                        .WithLeadingTrivia(collected.LeadingTriviaOf(loop))))
            : null;
    }

    // A comment beside the start has no place in the one call.
    private static bool IsAlone(ForEachStatementSyntax loop, StatementSyntax start) =>
        loop.Statement == start
        || (loop.Statement is BlockSyntax { Statements: [var single] } block
            && single == start
            && !Comments.AreIn(block));

    // The source gives exactly the items that the loop took from it.
    private static bool IsPlain(Site site, ForEachStatementSyntax loop)
    {
        var info = site.Model.GetForEachStatementInfo(loop);
        var source = site.Model.GetTypeInfo(loop.Expression, site.CancellationToken).Type;
        return info is { ElementConversion.IsIdentity: true, ElementType: { } element }
            && Interfaces(source).Count(candidate => IsSequenceOf(candidate, element)) == 1
            && Interfaces(source).Count(candidate => IsSequence(candidate)) == 1;

        bool IsSequence(INamedTypeSymbol type) =>
            type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            || type.Is(site.Types.AsyncEnumerable);

        bool IsSequenceOf(INamedTypeSymbol type, ITypeSymbol element) =>
            IsSequence(type) && SymbolEqualityComparer.Default.Equals(type.TypeArguments[0], element);
    }

    private static IEnumerable<INamedTypeSymbol> Interfaces(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface } named
            ? named.AllInterfaces.Prepend(named)
            : type?.AllInterfaces ?? Enumerable.Empty<INamedTypeSymbol>();
}
