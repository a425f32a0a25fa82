namespace ScopedTasks.CodeFixes.Building.Fields;

/// <summary>
/// The group that a type is given to own work: opened with the object, or at each start; ended where the object ends.
/// </summary>
internal sealed class OwnedGroup
{
    private const string Opening = "::TaskGroup.Open(::TaskGroupOptions.Supervise)";

    private readonly Site _site;
    private readonly TypeDeclarationSyntax _type;
    private readonly INamedTypeSymbol _symbol;
    private readonly EndMember _end;
    private readonly string _name;

    private OwnedGroup(Site site, TypeDeclarationSyntax type, INamedTypeSymbol symbol, EndMember end)
    {
        _site = site;
        _type = type;
        _symbol = symbol;
        _end = end;
        _name = "_group";
        for (var number = 1; !symbol.GetMembers(_name).IsEmpty; number++)
        {
            _name = "_group" + number;
        }
    }

    public string TypeName => _symbol.Name;

    private IEnumerable<SyntaxNode> Parts =>
        _symbol.DeclaringSyntaxReferences.Select(part => part.GetSyntax(_site.CancellationToken));

    public ExpressionSyntax Reference => SyntaxFactory.IdentifierName(_name);

    // A group ends once: what can be stopped and started again opens one at each start.
    private bool IsOpenedAtStart => _end.Name == "StopAsync";

    private bool StandsInStart =>
        _site.Member is MethodDeclarationSyntax { Identifier.ValueText: "Start" or "StartAsync", Body: not null }
        && !_site.Node.Ancestors().TakeWhile(node => node != _site.Member).Any(OwnNodes.IsFunction)
        && LoopFree;

    private bool LoopFree => !_site.Node.Ancestors().TakeWhile(node => node != _site.Member).Any(node =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);

    /// <summary>The group; null where the type has no end of its own that could wait, or the work calls it.</summary>
    public static OwnedGroup? Of(Site site) =>
        site.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is ClassDeclarationSyntax type
        && site.Model.GetDeclaredSymbol(type, site.CancellationToken) is INamedTypeSymbol { IsStatic: false } symbol
        && EndMember.Of(site, symbol) is { } end
        && !end.Holds(site.Node)
        && !end.IsCalledBy(site.Node)
        && IsInstance(site)
        && new OwnedGroup(site, type, symbol, end) is var owner
        && (!owner.IsOpenedAtStart || owner.StandsInStart)
            ? owner
            : null;

    /// <summary>
    /// Whether the end of the object may stop the work: it ends by itself, or takes a token that nobody else cancels.
    /// </summary>
    public bool CanStop(ExpressionSyntax work)
    {
        var tokens = new Tokens(_site).PassedIn(work).ToList();
        return tokens.Count == 0
            ? !EndlessCalls.IsEndless(_site, work)
            : !Parts.SelectMany(part => part.DescendantNodes()).OfType<MemberAccessExpressionSyntax>().Any(access =>
                access.Name.Identifier.ValueText is "Cancel" or "CancelAsync" or "CancelAfter"
                && !_end.Holds(access)
                && tokens.Any(token => token is MemberAccessExpressionSyntax given
                    && given.Expression.ToString() == access.Expression.ToString()));
    }

    /// <summary>Adds the field and its end to the edit that spawns the work.</summary>
    /// <param name="edit">What spawns the work.</param>
    /// <param name="kept">The field that kept the task, and goes; null if none did.</param>
    public bool TryWrite(Edit edit, IFieldSymbol? kept)
    {
        if (kept is not null && !TryRemove(edit, kept))
        {
            return false;
        }

        var line = _site.NewLine;
        var group = SyntaxFactory.IdentifierName(_name);
        StatementSyntax cancel = Code.Statement("$0.Cancel();" + line, group);
        StatementSyntax wait = Code.Statement(
            "$0;" + line, Expressions.Await(_end.Inside, Disposal(group)));
        if (!IsOpenedAtStart)
        {
            edit.Insert(_type, Field($"private readonly ::TaskGroup {_name} = {Opening};"));
            return _end.TryInsert(edit, [cancel, wait]);
        }

        var annotation = _site.Model.GetNullableContext(_type.SpanStart).AnnotationsEnabled() ? "?" : "";
        edit.Insert(_type, Field($"private ::TaskGroup{annotation} {_name};"));
        if (_site.Node.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } start)
        {
            return false;
        }

        edit.Insert(block, start, Code.Statement($"{_name} = {Opening};" + line)
            .WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(start))));
        return _end.TryInsert(
            edit,
            [Code.Statement($"if ($0 != null){line}{{{line}$1;{line}$2;{line}}}", group, cancel, wait)]);
    }

    private ExpressionSyntax Disposal(ExpressionSyntax group) =>
        _end.Token is { } token && !_site.Types.Task!.GetMembers("WaitAsync").IsEmpty
            ? Code.Expression($"$0.DisposeAsync().AsTask().WaitAsync({token})", group)
            : Code.Expression("$0.DisposeAsync()", group);

    // On a line of its own, and apart from what is no field.
    private MemberDeclarationSyntax Field(string text)
    {
        var first = _type.Members[0];
        var end = SyntaxFactory.EndOfLine(_site.NewLine);
        var indentation = first.GetLeadingTrivia().Reverse()
            .Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1);
        return Code.Member(text)
            .WithLeadingTrivia(indentation)
            .WithTrailingTrivia(Enumerable.Repeat(end, first is FieldDeclarationSyntax ? 1 : 2));
    }

    private bool TryRemove(Edit edit, IFieldSymbol kept)
    {
        if (kept.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(_site.CancellationToken) is not VariableDeclaratorSyntax
            {
                Initializer: null,
                Parent.Parent: FieldDeclarationSyntax { Declaration.Variables.Count: 1 } field,
            }
            || field.SyntaxTree != _site.Root.SyntaxTree
            || Comments.AreIn(field)
            || field.ContainsDirectives
            || MentionsOf(kept) != 1)
        {
            return false;
        }

        edit.Remove(field);
        return true;
    }

    private int MentionsOf(IFieldSymbol kept) => Parts
        .SelectMany(part => part.DescendantNodes())
        .OfType<IdentifierNameSyntax>()
        .Count(name => name.Identifier.ValueText == kept.Name);

    private static bool IsInstance(Site site)
    {
        for (var symbol = site.Model.GetEnclosingSymbol(site.Node.SpanStart, site.CancellationToken);
            symbol is not null and not INamedTypeSymbol;
            symbol = symbol.ContainingSymbol)
        {
            if (symbol is not IMethodSymbol { IsStatic: false })
            {
                return false;
            }
        }

        return true;
    }
}
