namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Tasks that are started one after another and then awaited one after another, with nothing between: one call starts
/// and awaits them together.
/// </summary>
internal sealed class SiblingStarts
{
    private const int Most = 8;

    private readonly Site _site;
    private readonly List<Sibling> _siblings;

    private SiblingStarts(Site site, List<Sibling> siblings)
    {
        _site = site;
        _siblings = siblings;
    }

    /// <summary>The siblings of the site; null where something else stands between, or reads a task.</summary>
    public static SiblingStarts? Of(Site site)
    {
        if (site.Node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { } declaration
            || StatementList.Around(declaration) is not { Statements: var statements })
        {
            return null;
        }

        var index = statements.IndexOf(declaration);
        var first = index;
        while (first > 0 && SiblingIn(site, statements[first - 1]) is not null)
        {
            first--;
        }

        var siblings = statements.Skip(first).Select(statement => SiblingIn(site, statement))
            .TakeWhile(sibling => sibling is not null).Select(sibling => sibling!).ToList();
        return siblings.Count is > 1 and <= Most
            && index < first + siblings.Count
            && AreAwaitedNext(siblings, statements.RemoveRange(0, first + siblings.Count))
            && siblings.Select(sibling => sibling.Result is null).Distinct().Count() == 1
            ? new(site, siblings)
            : null;
    }

    public Edit? Write(string title)
    {
        if (!new Tokens(_site).TryFind(_siblings.Select(sibling => sibling.Work), out var token))
        {
            return null;
        }

        var names = new Names(_site);
        var delegates = new List<ExpressionSyntax>();
        foreach (var sibling in _siblings)
        {
            if (Child.Of(_site, sibling.Work, token, names, ChildForm.Detached) is not { Hoisted.IsEmpty: true } child)
            {
                return null;
            }

            delegates.Add(child.Delegate);
        }

        var holes = string.Join(", ", delegates.Select((_, index) => "$" + index));
        var call = Code.Expression(
            $"::TaskGroup.WhenAllAsync({holes}{(token is null ? "" : $", cancellationToken: ${delegates.Count}")})",
            [.. delegates, .. token is null ? Array.Empty<SyntaxNode>() : [token.WithoutTrivia()]]);
        var awaited = Expressions.Await(_site, call);
        var edit = _siblings[0].Result is null ? OfPlain(title, awaited) : OfValues(title, awaited);
        return edit is not null && Comments.AreKept(_site, edit) ? edit : null;
    }

    // `await user;` is gone with the others: the call is where all of them are awaited.
    private Edit? OfPlain(string title, ExpressionSyntax awaited)
    {
        if (_siblings.Any(sibling => sibling.Await.Parent is not ExpressionStatementSyntax))
        {
            return null;
        }

        var edit = new Edit(title);
        Begin(edit, Code.Statement("$0;", awaited));
        foreach (var sibling in _siblings)
        {
            edit.Remove((StatementSyntax)sibling.Await.Parent!);
        }

        return edit;
    }

    private Edit OfValues(string title, ExpressionSyntax awaited)
    {
        var edit = new Edit(title);
        var names = new List<string>();
        foreach (var sibling in _siblings)
        {
            if (sibling.Await.Parent is ExpressionStatementSyntax unused)
            {
                names.Add("_");
                edit.Remove(unused);
            }
            else if (sibling.Receiver is { } receiver)
            {
                names.Add(receiver.Declaration.Variables[0].Identifier.ValueText);
                edit.Remove(receiver);
            }
            else
            {
                names.Add(sibling.Name.Text);
                edit.Replace(
                    sibling.Await, SyntaxFactory.IdentifierName(sibling.Name.Text).WithTriviaFrom(sibling.Await));
            }
        }

        Begin(edit, Code.Statement($"var ({string.Join(", ", names)}) = $0;", awaited));
        return edit;
    }

    private void Begin(Edit edit, StatementSyntax call)
    {
        var (first, last) = (_siblings[0].Declaration, _siblings[_siblings.Count - 1].Declaration);
        edit.Replace(
            (SyntaxNode)first,
            call.WithLeadingTrivia(first.GetLeadingTrivia()).WithTrailingTrivia(last.GetTrailingTrivia()));
        foreach (var sibling in _siblings.Skip(1))
        {
            edit.Remove(sibling.Declaration);
        }
    }

    // Each task is read once, by an await, and these awaits come right after the starts and after one another; one
    // that stands within another statement may never be reached.
    private static bool AreAwaitedNext(List<Sibling> siblings, ImmutableArray<StatementSyntax> next)
    {
        var open = siblings.Select(sibling => sibling.Await).ToList();
        foreach (var statement in next)
        {
            if (open.Count == 0)
            {
                return true;
            }

            if (open.RemoveAll(awaited => awaited.FirstAncestorOrSelf<StatementSyntax>() == statement) == 0)
            {
                return false;
            }
        }

        return open.Count == 0;
    }

    private static Sibling? SiblingIn(Site site, StatementSyntax statement)
    {
        if (statement is not LocalDeclarationStatementSyntax
            {
                Declaration.Variables: [{ Initializer.Value: InvocationExpressionSyntax work } variable],
            } declaration
            || site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is not ILocalSymbol local
            || !site.Awaitables.IsHot(local.Type))
        {
            return null;
        }

        var mentions = site.Member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name).ToList();
        return mentions is [{ } mention] && AwaitOf(mention) is { } awaited
            ? new(declaration, variable.Identifier, work, awaited, site.Awaitables.ResultOf(local.Type))
            : null;
    }

    private static AwaitExpressionSyntax? AwaitOf(ExpressionSyntax task) => task.Parent switch
    {
        AwaitExpressionSyntax awaited => awaited,
        MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "ConfigureAwait",
            Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax awaited },
        } => awaited,
        _ => null,
    };

    /// <summary>One of the tasks.</summary>
    private sealed record Sibling(
        LocalDeclarationStatementSyntax Declaration,
        SyntaxToken Name,
        InvocationExpressionSyntax Work,
        AwaitExpressionSyntax Await,
        ITypeSymbol? Result)
    {
        /// <summary><c>var x = await task;</c>, whose name the value takes.</summary>
        public LocalDeclarationStatementSyntax? Receiver =>
            Await.Parent is EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Type.IsVar: true,
                        Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } receiver,
                    },
                },
            }
                ? receiver
                : null;
    }
}
