namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>Writes the join of a group in scope form: before each exit that leaves its range, and at its end.</summary>
/// <param name="site">The site that is being fixed.</param>
/// <param name="group">The group's name.</param>
/// <param name="range">The statements for which the group is open.</param>
/// <param name="joined">The exits before which it is joined.</param>
/// <param name="names">Where new names come from.</param>
internal sealed class JoinedExits(
    Site site, string group, GroupRange range, IReadOnlyList<StatementSyntax> joined, Names names)
{
    private readonly Dictionary<StatementSyntax, string> _results = ResultNames(range, joined, names);

    /// <summary><c>await group.CompleteAsync();</c></summary>
    public StatementSyntax Join => Code.Statement(
        "$0;" + site.NewLine,
        Expressions.Await(site, Code.Expression(group + ".CompleteAsync()")));

    /// <summary>What the exits become: what they return is evaluated before the join.</summary>
    public IReadOnlyDictionary<StatementSyntax, StatementChange> Changes => joined.ToDictionary(exit => exit, ChangeOf);

    private string TypeOfResult =>
        site.Awaitables.ResultOf(site.Function.Symbol?.ReturnType) is { } type
        && type.ToMinimalDisplayString(site.Model, site.Node.SpanStart) is var name && !name.Contains("<anonymous")
            ? name
            : "var";

    private StatementChange ChangeOf(StatementSyntax exit) => rewritten =>
    {
        var first = rewritten.GetLeadingTrivia();
        if (!_results.TryGetValue(exit, out var name)
            || rewritten is not ReturnStatementSyntax { Expression: { } value })
        {
            return [Join.WithLeadingTrivia(first), rewritten.WithoutLeadingTrivia()];
        }

        return
        [
            Code.Statement($"{TypeOfResult} {name} = $0;{site.NewLine}", value.WithoutTrivia())
                .WithLeadingTrivia(first),
            Join,
            Code.Statement($"return {name};").WithTrailingTrivia(rewritten.GetTrailingTrivia()),
        ];
    };

    // One name serves them all unless one would stand in the scope of another.
    private static Dictionary<StatementSyntax, string> ResultNames(
        GroupRange range, IEnumerable<StatementSyntax> exits, Names names)
    {
        var kept = exits.OfType<ReturnStatementSyntax>()
            .Where(@return => @return.Expression is { } value && !range.IsLasting(value))
            .ToList<StatementSyntax>();
        var scopes = kept.ConvertAll(ScopeOf);
        var areApart = scopes.All(scope => scopes.Count(other => other.Span.Contains(scope.Span)) == 1);
        var shared = areApart && kept.Count > 0 ? names.Fresh("result") : null;
        return kept.ToDictionary(@return => @return, _ => shared ?? names.Fresh("result"));
    }

    private static SyntaxNode ScopeOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block,
        SwitchSectionSyntax { Parent: { } @switch } => @switch,
        _ => statement,
    };
}
