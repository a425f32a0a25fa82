namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// A local list of tasks that exists only to be awaited as a whole; a bounded call makes it needless.
/// </summary>
/// <param name="Declaration">The statement that makes the list.</param>
/// <param name="Join">The statement that awaits it.</param>
/// <param name="Results">The awaiting expression, where its value is used.</param>
internal sealed record CollectedTasks(
    LocalDeclarationStatementSyntax? Declaration,
    StatementSyntax? Join,
    AwaitExpressionSyntax? Results)
{
    /// <summary>Nothing is collected: the starts were dropped.</summary>
    public static CollectedTasks None { get; } = new(null, null, null);

    /// <summary>The list that a call of <c>Add</c> in a loop fills.</summary>
    public static CollectedTasks? Of(Site site, InvocationExpressionSyntax add, StatementSyntax loop) =>
        add is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" } access }
        && site.Model.GetSymbolInfo(access.Expression, site.CancellationToken).Symbol is ILocalSymbol local
        && StatementList.Around(loop) is { } list
        && list.Statements.IndexOf(loop) is var index && index + 1 < list.Statements.Length
        && DeclarationOf(local, list) is { } declaration
        && declaration.Declaration.Variables[0].Initializer is { Value: var value } && IsEmpty(value)
            ? Of(site, local, declaration, list.Statements[index + 1], access.Expression)
            : null;

    /// <summary>A local that a sequence of tasks was assigned to, awaited by the statement that follows.</summary>
    public static CollectedTasks? Of(Site site, LocalDeclarationStatementSyntax declaration) =>
        declaration.Declaration.Variables is [var variable]
        && site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is ILocalSymbol local
        && StatementList.Around(declaration) is { } list
        && list.Statements.IndexOf(declaration) is var index && index + 1 < list.Statements.Length
            ? Of(site, local, declaration, list.Statements[index + 1], null)
            : null;

    /// <summary>Takes the list's own statements out with the edit; null where a comment would go with them.</summary>
    public Edit? RemoveFrom(Edit? edit)
    {
        if (edit is null || Declaration is null || Join is null)
        {
            return edit;
        }

        if (Comments.AreIn(Declaration) || Comments.AreIn(Join))
        {
            return null;
        }

        RemoveFrom(edit.Otherwise);
        return edit.Remove(Declaration).Remove(Join);
    }

    /// <summary>What stands above the loop's replacement: what stood above a list right before it.</summary>
    public SyntaxTriviaList LeadingTriviaOf(StatementSyntax loop) =>
        Declaration is not null
        && loop.GetFirstToken().GetPreviousToken() == Declaration.GetLastToken()
        && !loop.GetLeadingTrivia().Any(Comments.Is)
            ? Declaration.GetLeadingTrivia()
            : loop.GetLeadingTrivia();

    /// <summary>Puts a call where the list was awaited, as the statement that the list began with.</summary>
    public Edit? Await(Edit edit, AwaitExpressionSyntax awaited, ExpressionSyntax call)
    {
        if (Declaration is null || Join is null)
        {
            return edit.Replace(awaited, call.WithTriviaFrom(awaited));
        }

        return Comments.AreIn(Declaration) || Comments.AreIn(Join)
            ? null
            : edit.Remove(Declaration).Replace(
                Join,
                Join.ReplaceNode(awaited, call.WithTriviaFrom(awaited))
                    .WithLeadingTrivia(Declaration.GetLeadingTrivia()));
    }

    private static CollectedTasks? Of(
        Site site,
        ILocalSymbol local,
        LocalDeclarationStatementSyntax declaration,
        StatementSyntax join,
        ExpressionSyntax? filling)
    {
        var uses = site.Member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(identifier => identifier.Identifier.ValueText == local.Name && identifier != filling
                && SymbolEqualityComparer.Default.Equals(
                    site.Model.GetSymbolInfo(identifier, site.CancellationToken).Symbol, local))
            .ToList();
        if (uses is not [{ Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } use]
            || !join.Contains(use)
            || WhenAllCall.AwaitOf(site, call) is not { } awaited)
        {
            return null;
        }

        var isUsed = awaited.Parent is not ExpressionStatementSyntax;
        return isUsed || awaited.Parent == join ? new(declaration, join, isUsed ? awaited : null) : null;
    }

    private static LocalDeclarationStatementSyntax? DeclarationOf(ILocalSymbol local, StatementList list) =>
        list.Statements.OfType<LocalDeclarationStatementSyntax>().FirstOrDefault(statement =>
            statement.Declaration.Variables is [var variable]
            && local.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() == variable));

    private static bool IsEmpty(ExpressionSyntax value) => value switch
    {
        BaseObjectCreationExpressionSyntax { Initializer: null } => true,
        _ => value.ToString() == "[]",
    };
}
