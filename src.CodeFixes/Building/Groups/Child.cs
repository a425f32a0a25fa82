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
    private readonly CSharpSyntaxNode _body;
    private readonly string _verb;
    private readonly string? _token;

    private Child(string verb, string? token, CSharpSyntaxNode body, ImmutableArray<StatementSyntax> hoisted)
    {
        _verb = verb;
        _token = token;
        _body = body;
        Hoisted = hoisted;
    }

    /// <summary>Locals that keep an argument's value as it was at the start.</summary>
    public ImmutableArray<StatementSyntax> Hoisted { get; }

    /// <summary>The child's delegate, or the tracked call.</summary>
    public ExpressionSyntax Argument =>
        _token is null ? (ExpressionSyntax)_body : Code.Expression($"{_token} => $0", _body);

    /// <summary>Writes the start as a child.</summary>
    /// <param name="site">The site that is being fixed.</param>
    /// <param name="work">What the child runs.</param>
    /// <param name="token">The token that the group gets, in whose place the child's own comes.</param>
    /// <param name="names">Where new names come from.</param>
    /// <param name="form">When the child starts, seen from where its start stands.</param>
    /// <returns>The child; null where the start cannot be one.</returns>
    public static Child? Of(Site site, ExpressionSyntax work, ExpressionSyntax? token, Names names, ChildForm form)
    {
        var tokens = new Tokens(site);
        var start = StartIn(work);
        var starts = StartOf.Kind(site, start);
        if (starts == StartKind.Unsupported)
        {
            return null;
        }

        var arguments = new Arguments(site, start, names);
        if (arguments.AreByReference || (starts == StartKind.LongRunning && form != ChildForm.Detached))
        {
            return form != ChildForm.Inline || starts == StartKind.OnThreadPool
                || StartOf.AsTask(site, work, work) is not { } task
                ? null
                : new Child("Track", null, task.WithoutTrivia(), ImmutableArray<StatementSyntax>.Empty);
        }

        if (!arguments.TryHoist(work, form == ChildForm.Queued)
            || (form == ChildForm.PerItem && !arguments.Statements.IsEmpty))
        {
            return null;
        }

        var ct = names.ForParameter("ct", tokens.SymbolOf(token));
        var childToken = SyntaxFactory.IdentifierName(ct);
        var places = tokens.PlacesIn(work, token).ToDictionary(place => (SyntaxNode)place, _ => (SyntaxNode)childToken);
        foreach (var pair in arguments.Hoists)
        {
            places[pair.Key] = pair.Value;
        }

        ExpressionSyntax Rewritten(SyntaxNode node) => (ExpressionSyntax)node.ReplaceNodes(
            places.Keys.Where(node.Contains).Append(start).Distinct(),
            (original, current) => places.TryGetValue(original, out var replacement)
                ? replacement.WithTriviaFrom(original)
                : original == start && current is InvocationExpressionSyntax call
                    ? tokens.WithToken((InvocationExpressionSyntax)original, call, childToken)
                    : current);

        if (starts == StartKind.OnThreadPool && form == ChildForm.Inline && StartOf.BodyOf(site, start) is { } body)
        {
            var rewritten = body.ReplaceNodes(
                places.Keys.Where(body.Contains),
                (original, _) => places[original].WithTriviaFrom(original));
            return new Child("SpawnOnThreadPool", ct, rewritten.WithoutTrivia(), arguments.Statements);
        }

        return StartOf.AsTask(site, work, Rewritten(work)) is { } started
            ? new Child("Spawn", ct, started.WithoutTrivia(), arguments.Statements)
            : null;
    }

    /// <summary><c>group.Spawn(ct =&gt; F(ct))</c>, or whatever verb the start needs.</summary>
    public ExpressionSyntax In(ExpressionSyntax group) => Code.Expression($"$0.{_verb}($1)", group, Argument);

    /// <summary><c>await group.SpawnAsync(ct =&gt; F(ct))</c>: waits for a free slot.</summary>
    public ExpressionSyntax InBounded(Site site, ExpressionSyntax group) =>
        Expressions.Await(site, Code.Expression("$0.SpawnAsync($1)", group, Argument));

    /// <summary><c>(item, ct) =&gt; F(item, ct)</c>: the delegate of a loop over a source.</summary>
    public ExpressionSyntax PerItem(string item) => Code.Expression($"({item}, {_token}) => $0", _body);

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
