using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Bounds;

namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// The starts that one group takes, and its range: from the first to the end of its block, a finite loop taken whole.
/// </summary>
internal sealed class GroupStarts
{
    private readonly List<DroppedWork> _starts = [];

    private GroupStarts(Site site, ImmutableArray<StatementSyntax> range)
    {
        Range = range;
        for (var index = 0; index < Range.Length; index++)
        {
            foreach (var start in StartsIn(site, Range[index]))
            {
                if (OpeningOf(site, start, range.Take(index + 1)) is not { } opening)
                {
                    _starts.Add(start);
                }
                else if (Range.IndexOf(opening) is var end and > 0)
                {
                    // The resource would be disposed before the group has joined this one.
                    Range = Range.RemoveRange(end, Range.Length - end);
                    _starts.RemoveAll(earlier => !Range.Any(statement => statement.Contains(earlier.Whole)));
                    return;
                }
            }
        }
    }

    /// <summary>What the group wraps.</summary>
    public ImmutableArray<StatementSyntax> Range { get; }

    public IReadOnlyList<DroppedWork> All => _starts;

    public IEnumerable<ExpressionSyntax> Works => _starts.Select(start => start.Work);

    /// <summary>Whether there is a single start with nothing beside it: that is awaited, no group helps.</summary>
    public bool IsLone =>
        _starts.Count < 2
        && Range[0] is ExpressionStatementSyntax or LocalDeclarationStatementSyntax
        && Range.Skip(1).All(statement => statement is ThrowStatementSyntax or ReturnStatementSyntax
        {
            Expression: null or IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax,
        });

    /// <summary>The starts from the site on; null where no list of statements holds it.</summary>
    public static GroupStarts? From(Site site) =>
        DroppedWork.Of(site, site.Node) is { Statement: { } start } dropped
        && LoopAround(site, dropped) is var loop
        && (loop ?? start) is var first
        && StatementList.Around(first) is { } list
            ? new(site, list.From(first))
            : null;

    // The outermost loop that ends by itself; one group for each of its rounds would take them one after another.
    private static StatementSyntax? LoopAround(Site site, DroppedWork dropped)
    {
        StatementSyntax? outermost = null;
        var start = site.Start;
        while (LoopBounds.LoopOf(start) is { Syntax: StatementSyntax syntax } loop
            && !LoopBounds.IsEndless(loop)
            && !LoopBounds.RunsOnce(site.Start, loop)
            && OpeningOf(site, dropped, [syntax]) is null)
        {
            outermost = syntax;
            start = loop;
        }

        return outermost;
    }

    // Only what was dropped in the same manner joins the group: a deliberate discard is another decision.
    private static IEnumerable<DroppedWork> StartsIn(Site site, StatementSyntax statement)
    {
        if (statement is LocalFunctionStatementSyntax)
        {
            yield break;
        }

        var fates = TaskFates.Of(site.Model.Compilation, site.Document.Project.AnalyzerOptions);
        foreach (var candidate in OwnNodes.Of(statement).OfType<StatementSyntax>())
        {
            if (ValueOf(candidate) is { } value
                && fates.At(value, site.Model, site.CancellationToken) is { } finding
                && DroppedWork.Of(site, finding.Start.Syntax) is { Statement: { } dropped } start
                && dropped == candidate
                && (finding.Rule == site.Finding.Rule || IsOutlived(site, finding, start)))
            {
                yield return start;
            }
        }
    }

    // What uses a resource is another rule's, but the group waits for it, too, or ends before that.
    private static bool IsOutlived(Site site, Finding finding, DroppedWork start) =>
        finding.Rule == Descriptors.OutlivedResource
        && finding.Value is null
        && start.Whole is AssignmentExpressionSyntax == FailureModes.IsSupervised(site);

    private static ExpressionSyntax? ValueOf(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: var expression } => expression,
        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] } => value,
        _ => null,
    };

    // The first of the statements that opens a resource which the start uses.
    private static StatementSyntax? OpeningOf(Site site, DroppedWork start, IEnumerable<StatementSyntax> statements) =>
        OwnedResources.UsedBy(site, start.Work)
            .SelectMany(resource => resource.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(site.CancellationToken))
            .Select(declaration => statements.FirstOrDefault(statement => statement.Contains(declaration)))
            .FirstOrDefault(statement => statement is not null);
}
