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
    private readonly JoinedExits _exits;

    private ScopeForm(Site site, GroupOpening group, GroupRange range, Names names)
    {
        _site = site;
        _group = group;
        _range = range;
        _exits = new(site, group.Name, range, range.Exits, names);
    }

    public static IReadOnlyList<StatementSyntax>? Write(
        Site site, GroupOpening group, GroupRange range, GroupBody body, Names names) =>
        site.Language >= LanguageVersion.CSharp8
        && OutlastingLocals.Of(site, range) is { } locals
        && range.CanJoin
            ? new ScopeForm(site, group, range, names).Write(body, locals)
            : null;

    private IReadOnlyList<StatementSyntax> Write(GroupBody body, OutlastingLocals locals)
    {
        var statements = body.Of(_range, locals, _exits.Changes);
        if (_range.EndIsReachable)
        {
            statements.Add(_exits.Join);
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
}
