namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>When a child starts, seen from where its start stands.</summary>
internal enum ChildForm
{
    /// <summary>At once, where its start stands: in a group without a limit.</summary>
    Inline,

    /// <summary>At once, where its start stands, under an owner that takes nothing but asynchronous work.</summary>
    Detached,

    /// <summary>Perhaps later: in a group with a limit, where it waits for a slot.</summary>
    Queued,

    /// <summary>When its item is taken from the source.</summary>
    PerItem,
}

/// <summary>How a start is written as a child of a group: its delegate, and what must be evaluated before it.</summary>
internal sealed class Child
{
    private readonly Func<ExpressionSyntax, ExpressionSyntax>? _tracked;
    private readonly CSharpSyntaxNode? _body;
    private readonly string _verb;
    private readonly string? _token;
    private readonly bool _isAsync;

    private Child(
        string verb,
        string token,
        CSharpSyntaxNode body,
        ImmutableArray<StatementSyntax> hoisted,
        bool isAsync = false)
    {
        _verb = verb;
        _token = token;
        _body = body.WithoutTrivia();
        _isAsync = isAsync;
        Hoisted = hoisted;
    }

    private Child(Func<ExpressionSyntax, ExpressionSyntax> tracked, ImmutableArray<StatementSyntax> hoisted)
    {
        _verb = "Track";
        _tracked = tracked;
        Hoisted = hoisted;
    }

    /// <summary>Locals that keep an argument's value as it was at the start.</summary>
    public ImmutableArray<StatementSyntax> Hoisted { get; }

    /// <summary>The child's delegate.</summary>
    public ExpressionSyntax Delegate => Code.Expression($"{Async}{_token} => $0", _body!);

    private string Async => _isAsync ? "async " : "";

    /// <summary>Writes the start as a child.</summary>
    /// <param name="site">The site that is being fixed.</param>
    /// <param name="work">What the child runs.</param>
    /// <param name="token">The token that the group gets, in whose place the child's own comes.</param>
    /// <param name="names">Where new names come from.</param>
    /// <param name="form">When the child starts, seen from where its start stands.</param>
    /// <returns>The child; null where the start cannot be one.</returns>
    public static Child? Of(Site site, ExpressionSyntax work, ExpressionSyntax? token, Names names, ChildForm form)
    {
        var start = StartIn(work);
        var handed = HandedWork.Of(site, start);
        var kind = StartOf.Kind(site, start);
        if (handed is null && kind == StartKind.Unsupported)
        {
            return null;
        }

        var tokens = new Tokens(site);
        var outer = tokens.PlacesIn(work, token).ToList();
        var arguments = new Arguments(site, start, names);
        var staysCall = arguments.AreByReference || Captures.AreImpossible(site, work);
        if (staysCall || (kind == StartKind.LongRunning && form == ChildForm.Inline))
        {
            return form == ChildForm.Inline && handed is null && StartOf.AsTask(site, work, work) is not null
                ? new Child(
                    group => StartOf.AsTask(site, work, work.ReplaceNodes(outer, (place, _) => TokenOf(group, place)))!,
                    ImmutableArray<StatementSyntax>.Empty)
                : null;
        }

        if (!(handed is null
                ? arguments.TryHoist(work, form == ChildForm.Queued)
                : handed.State is not { } state || arguments.TryKeep(state, "state"))
            || (form == ChildForm.PerItem && !arguments.Statements.IsEmpty))
        {
            return null;
        }

        var ct = names.ForParameter("ct", tokens.SymbolOf(token));
        var childToken = SyntaxFactory.IdentifierName(ct);
        var places = outer.ToDictionary(place => (SyntaxNode)place, _ => (SyntaxNode)childToken);
        foreach (var pair in arguments.Hoists)
        {
            places[pair.Key] = pair.Value;
        }

        return handed is null ? OfCall() : OfHanded(handed);

        Child? OfCall()
        {
            if (kind == StartKind.OnThreadPool && form == ChildForm.Inline && StartOf.BodyOf(site, start) is { } body)
            {
                return new("SpawnOnThreadPool", ct, (CSharpSyntaxNode)InPlaces(body), arguments.Statements);
            }

            var rewritten = (ExpressionSyntax)work.ReplaceNodes(
                places.Keys.Where(work.Contains).Append(start).Distinct(),
                (original, current) => places.TryGetValue(original, out var replacement)
                    ? replacement.WithTriviaFrom(original)
                    : original == start && current is InvocationExpressionSyntax call
                        ? tokens.WithToken((InvocationExpressionSyntax)original, call, childToken)
                        : current);
            if (StartOf.IsOtherAwaitable(site, work))
            {
                return new("Spawn", ct, Expressions.Await(site, rewritten), arguments.Statements, isAsync: true);
            }

            return StartOf.AsTask(site, work, rewritten) is { } task
                ? new("Spawn", ct, task, arguments.Statements)
                : null;
        }

        Child OfHanded(HandedWork handed) =>
            form == ChildForm.Inline && handed.HasOwnThread
                ? new(
                    group => handed.AsTask(node => InPlaces(node, place => TokenOf(group, place))),
                    arguments.Statements)
            : form == ChildForm.Inline && handed.IsPoolWork
                ? new("SpawnOnThreadPool", ct, handed.Body(node => InPlaces(node)), arguments.Statements)
            : new("Spawn", ct, handed.AsTask(node => InPlaces(node)), arguments.Statements);

        SyntaxNode InPlaces(SyntaxNode node, Func<SyntaxNode, SyntaxNode>? outerToken = null) => node.ReplaceNodes(
            places.Keys.Where(node.Contains),
            (place, _) => outerToken is not null && places[place] == childToken
                ? outerToken(place)
                : places[place].WithTriviaFrom(place));
    }

    /// <summary><c>group.Spawn(ct =&gt; F(ct))</c>, or whatever verb the start needs.</summary>
    public ExpressionSyntax In(ExpressionSyntax group) =>
        Code.Expression($"$0.{_verb}($1)", group, _tracked is null ? Delegate : _tracked(group).WithoutTrivia());

    /// <summary><c>group.Run(ct =&gt; F(ct))</c>, whose value is the child's task; null where there is none.</summary>
    public ExpressionSyntax? RunIn(ExpressionSyntax group) =>
        _verb.StartsWith("Spawn", StringComparison.Ordinal)
            ? Code.Expression($"$0.Run{_verb.Substring("Spawn".Length)}($1)", group, Delegate)
            : null;

    /// <summary><c>await group.SpawnAsync(ct =&gt; F(ct))</c>: waits for a free slot.</summary>
    public ExpressionSyntax InBounded(Site site, ExpressionSyntax group) =>
        Expressions.Await(site, Code.Expression("$0.SpawnAsync($1)", group, Delegate));

    /// <summary><c>(item, ct) =&gt; F(item, ct)</c>: the delegate of a loop over a source.</summary>
    public ExpressionSyntax PerItem(string item) => Code.Expression($"{Async}({item}, {_token}) => $0", _body!);

    // Work that starts at once has no token of its own.
    private static SyntaxNode TokenOf(ExpressionSyntax group, SyntaxNode place) =>
        Code.Expression("$0.CancellationToken", group).WithTriviaFrom(place);

    // The call that starts the work: the innermost of a chain, the work itself otherwise.
    private static ExpressionSyntax StartIn(ExpressionSyntax work)
    {
        var current = Expressions.Unparenthesized(work);
        while (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            && access.Name.Identifier.ValueText is "ContinueWith" or "Unwrap" or "AsTask" or "WaitAsync"
            && Expressions.Unparenthesized(access.Expression) is InvocationExpressionSyntax inner)
        {
            current = inner;
        }

        return current;
    }
}
