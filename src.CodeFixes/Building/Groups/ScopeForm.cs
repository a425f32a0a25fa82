namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Writes a group as a scope, for what no lambda can hold: an early return, a jump, a struct's fields. It is joined
/// before every normal exit.
/// </summary>
internal sealed class ScopeForm
{
    private readonly Site _site;
    private readonly GroupOpening _group;
    private readonly GroupRange _range;
    private readonly Dictionary<StatementSyntax, string> _results;

    private ScopeForm(Site site, GroupOpening group, GroupRange range, Names names)
    {
        _site = site;
        _group = group;
        _range = range;
        _results = ResultNames(names);
    }

    // `await group.CompleteAsync();`
    private StatementSyntax Join => Code.Statement(
        "$0;" + _site.NewLine,
        Expressions.Await(_site, Code.Expression(_group.Name + ".CompleteAsync()")));

    private string TypeOfResult =>
        _site.Awaitables.ResultOf(_site.Function.Symbol?.ReturnType) is { } type
        && type.ToMinimalDisplayString(_site.Model, _site.Node.SpanStart) is var name && !name.Contains("<anonymous")
            ? name
            : "var";

    public static IReadOnlyList<StatementSyntax>? Write(
        Site site, GroupOpening group, GroupRange range, GroupBody body, Names names) =>
        site.Language >= LanguageVersion.CSharp8
        && OutlastingLocals.Of(site, range) is { } locals
        && range.CanJoin
            ? new ScopeForm(site, group, range, names).Write(body, locals)
            : null;

    private IReadOnlyList<StatementSyntax> Write(GroupBody body, OutlastingLocals locals)
    {
        var statements = body.Of(_range, locals, _range.Exits.ToDictionary(exit => exit, ChangeOf));
        if (_range.EndIsReachable)
        {
            statements.Add(Join);
        }

        var open = _group.Call("Open");
        var line = _site.NewLine;
        var block = Code.Statements(statements);
        if (!ConfigureAwaitStyle.IsFalseIn(_site))
        {
            return
            [
                .. locals.Declarations,
                Code.Statement($"await using (var {_group.Name} = $0){line}{{{line}$1;{line}}}", open, block),
            ];
        }

        return
        [
            .. locals.Declarations,
            Code.Statement($"var {_group.Name} = $0;{line}", open),
            Code.Statement($"await using ({_group.Name}.ConfigureAwait(false)){line}{{{line}$0;{line}}}", block),
        ];
    }

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
            Code.Statement($"{TypeOfResult} {name} = $0;{_site.NewLine}", value.WithoutTrivia())
                .WithLeadingTrivia(first),
            Join,
            Code.Statement($"return {name};").WithTrailingTrivia(rewritten.GetTrailingTrivia()),
        ];
    };

    // One name serves them all unless one would stand in the scope of another.
    private Dictionary<StatementSyntax, string> ResultNames(Names names)
    {
        var kept = _range.Returns.Where(@return => @return.Expression is { } value && !_range.IsLasting(value))
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
