using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// The starts whose tasks locals keep, and the range of the group that is to own them: from the first of them to the
/// end of the block that declares the local.
/// </summary>
internal sealed class KeptStarts
{
    private readonly Site _site;

    private KeptStarts(Site site, ImmutableArray<StatementSyntax> range)
    {
        _site = site;
        Range = range;
        Starts = range.SelectMany(StartsIn).ToList();
    }

    /// <summary>What the group wraps.</summary>
    public ImmutableArray<StatementSyntax> Range { get; }

    /// <summary>Every start of the range that the same rule speaks of, and the local that keeps its task.</summary>
    public IReadOnlyList<(ExpressionSyntax Work, ILocalSymbol Holder)> Starts { get; }

    /// <summary>The starts from the site on; null where nothing in a list of statements keeps its task.</summary>
    public static KeptStarts? From(Site site) =>
        site.Start is IInvocationOperation start
        && HolderOf(site, start) is { DeclaringSyntaxReferences: [var reference] }
        && reference.GetSyntax(site.CancellationToken) is { } declaration
        && declaration.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { } declares
        && StatementList.Around(declares) is { } list
        && list.Statements.FirstOrDefault(statement => statement.Span.Contains(site.Node.Span)) is { } first
            ? new(site, list.From(first))
            : null;

    /// <summary>Whether a handler of the range would catch a failure that the group throws again.</summary>
    public bool AreJoinedInTry => Mentions().Any(mention =>
        mention.Ancestors().TakeWhile(ancestor => !Range.Any(statement => statement.Parent == ancestor))
            .Any(ancestor => ancestor is TryStatementSyntax { Catches.Count: > 0 } @try
                && @try.Block.Span.Contains(mention.Span)));

    /// <summary>
    /// Whether an exit stands before everything that may join a value, so that nobody needs it any more.
    /// </summary>
    public bool AreNeedlessAt(StatementSyntax exit) =>
        Starts.All(start => _site.Awaitables.ResultOf(start.Holder.Type) is not null)
        && Starts.Any(start => start.Work.SpanStart < exit.SpanStart)
        && Mentions().All(mention => mention.SpanStart > exit.Span.End || IsDeclared(mention));

    private IEnumerable<IdentifierNameSyntax> Mentions() =>
        Range.SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>().Where(name =>
            Starts.Any(start => start.Holder.Name == name.Identifier.ValueText));

    private static bool IsDeclared(IdentifierNameSyntax mention) =>
        mention.Parent is AssignmentExpressionSyntax assignment && assignment.Left == mention;

    private static ILocalSymbol? HolderOf(Site site, IInvocationOperation start) =>
        TaskTrail.Follow(start, ObservingApis.Of(site.Types), site.Awaitables) is
            { Fate: TaskFate.Kept or TaskFate.Collected, Holder: { } holder }
            ? holder
            : null;

    private IEnumerable<(ExpressionSyntax Work, ILocalSymbol Holder)> StartsIn(StatementSyntax statement)
    {
        var fates = TaskFates.Of(_site.Model.Compilation, _site.Document.Project.AnalyzerOptions);
        foreach (var candidate in OwnNodes.Of(statement).OfType<InvocationExpressionSyntax>())
        {
            if (fates.At(candidate, _site.Model, _site.CancellationToken) is
                    { Start: IInvocationOperation { Syntax: ExpressionSyntax work } start } finding
                && work == candidate
                && finding.Rule == _site.Finding.Rule
                && HolderOf(_site, start) is { } holder)
            {
                yield return (work, holder);
            }
        }
    }
}
