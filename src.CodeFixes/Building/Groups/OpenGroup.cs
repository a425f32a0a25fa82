namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>A group that a local holds, and the statements for which it is open.</summary>
internal sealed class OpenGroup
{
    private readonly Site _site;
    private readonly ILocalSymbol _holder;
    private readonly StatementSyntax _declaration;

    private OpenGroup(
        Site site, ILocalSymbol holder, StatementSyntax declaration, IReadOnlyList<StatementSyntax> statements)
    {
        _site = site;
        _holder = holder;
        _declaration = declaration;
        Statements = statements;
    }

    public IReadOnlyList<StatementSyntax> Statements { get; }

    /// <summary>What is handed to the group's methods: the work of its children.</summary>
    public IEnumerable<ExpressionSyntax> Children => Calls.SelectMany(call => call.ArgumentList.Arguments)
        .Select(argument => argument.Expression);

    /// <summary>Whether a <c>finally</c> or the like disposes it.</summary>
    public bool IsDisposedByHand => Calls.Any(call => NameOf(call) is "DisposeAsync" or "ConfigureAwait");

    /// <summary>Whether it is completed, on whatever path, when the end of its statements is reached.</summary>
    public bool IsDoneAtEnd => Statements.Any(IsDone);

    private IEnumerable<InvocationExpressionSyntax> Calls => Statements.SelectMany(statement =>
        statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => NameOf(call) is not null));

    /// <summary>The group and its statements; null where another form than a declaration opens it.</summary>
    public static OpenGroup? Of(Site site, ILocalSymbol holder)
    {
        var declaration = site.Node.FirstAncestorOrSelf<StatementSyntax>();
        var statements = declaration switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } local
                when StatementList.Around(local) is { } list => list.From(local).RemoveAt(0).ToList(),
            UsingStatementSyntax { Declaration.Variables.Count: 1, Statement: BlockSyntax block } =>
                block.Statements.ToList(),
            _ => [],
        };
        return statements.Count == 0
            || site.Node.FirstAncestorOrSelf<VariableDeclaratorSyntax>()?.Identifier.ValueText != holder.Name
            || new OpenGroup(site, holder, declaration!, statements) is not { CanBeCompleted: true } group
                ? null
                : group;
    }

    /// <summary>Whether nothing is left to wait for at the exit: it is completed, or nothing was started yet.</summary>
    public bool IsDoneBefore(StatementSyntax exit)
    {
        SyntaxNode current = exit;
        while (current is StatementSyntax statement)
        {
            if (StatementList.Around(statement) is { } list
                && list.Statements.TakeWhile(before => before != statement)
                    .Where(before => before.SpanStart > _declaration.SpanStart)
                    .Any(IsDone))
            {
                return true;
            }

            current = statement.Ancestors().First(ancestor => ancestor is StatementSyntax or MemberDeclarationSyntax);
        }

        return !IsUsedBefore(exit);
    }

    /// <summary>Writes <c>await using</c> where the declaration has none.</summary>
    public bool TryDispose(Edit edit)
    {
        if (_site.Language < LanguageVersion.CSharp8
            || _declaration is not LocalDeclarationStatementSyntax { Parent: not SwitchSectionSyntax } local)
        {
            return false;
        }

        var first = local.GetLeadingTrivia();
        if (!ConfigureAwaitStyle.IsFalseIn(_site))
        {
            edit.Replace(
                (SyntaxNode)local,
                local.WithoutLeadingTrivia()
                    .WithUsingKeyword(Keyword(SyntaxKind.UsingKeyword))
                    .WithAwaitKeyword(Keyword(SyntaxKind.AwaitKeyword))
                    .WithLeadingTrivia(first));
            return true;
        }

        var disposal = Code.Statement(
                $"await using var {new Names(_site).Fresh("disposal")} = {_holder.Name}.ConfigureAwait(false);")
            .WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(local)))
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(_site.NewLine));
        edit.Replace(local, [local, disposal]);
        return true;
    }

    // Whoever disposes it by hand where no `finally` stands has ended it by then.
    private bool CanBeCompleted => !Calls.Any(call =>
        NameOf(call) == "DisposeAsync" && call.FirstAncestorOrSelf<FinallyClauseSyntax>() is null);

    private static SyntaxToken Keyword(SyntaxKind kind) =>
        SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);

    // On condition is not enough: then the rule is asked what comes of it.
    private bool IsDone(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax => Calls.Any(call =>
            NameOf(call) is "CompleteAsync" or "Cancel" && statement.Span.Contains(call.Span)),
        BlockSyntax block => block.Statements.Any(IsDone),
        UsingStatementSyntax scope => IsDone(scope.Statement),
        TryStatementSyntax guarded => IsDone(guarded.Block) || (guarded.Finally is { } last && IsDone(last.Block)),
        _ => false,
    };

    private bool IsUsedBefore(StatementSyntax exit)
    {
        var start = _declaration.Span.End;
        foreach (var statement in Statements)
        {
            foreach (var name in statement.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText == _holder.Name
                    && (name.SpanStart < exit.SpanStart || AreInLoop(name, exit, start)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool AreInLoop(SyntaxNode use, StatementSyntax exit, int start) =>
        use.Ancestors().TakeWhile(ancestor => ancestor.SpanStart >= start).Any(ancestor =>
            ancestor is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
            && ancestor.Span.Contains(exit.Span));

    private string? NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } access
        && receiver.Identifier.ValueText == _holder.Name
            ? access.Name.Identifier.ValueText
            : null;
}
