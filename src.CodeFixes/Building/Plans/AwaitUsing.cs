using ScopedTasks.Analyzers.Flow.Disposals;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Awaits the disposal: <c>await using</c>.</summary>
internal sealed class AwaitUsing : Plan
{
    private const string Title = "Dispose it with 'await using'";

    public override Edit? For(Site site)
    {
        if (!site.CanAwait || site.Language < LanguageVersion.CSharp8)
        {
            return null;
        }

        var edit = site.Node switch
        {
            UsingStatementSyntax statement => OfStatement(site, statement),
            LocalDeclarationStatementSyntax declaration => OfDeclaration(site, declaration),
            InvocationExpressionSyntax call => OfEnumerator(site, call),
            _ => null,
        };
        return edit is not null && Comments.AreKept(site, edit) ? edit : null;
    }

    private static Edit? OfStatement(Site site, UsingStatementSyntax statement)
    {
        var isConfigured = ConfigureAwaitStyle.IsFalseIn(site);
        var (keyword, awaits) = (statement.UsingKeyword, Awaits(statement.UsingKeyword));
        var awaited = statement.WithUsingKeyword(keyword.WithLeadingTrivia()).WithAwaitKeyword(awaits);
        if (statement.Expression is { } resource)
        {
            return ScopeCall(site, resource) is { } scope
                ? isConfigured ? null : Whole(site, statement, awaited.WithExpression(scope))
                : !isConfigured ? Whole(site, statement, awaited)
                : IsThere(site, resource) ? Whole(site, statement, awaited.WithExpression(Configured(resource)))
                : null;
        }

        if (statement.Declaration is not { } declaration)
        {
            return null;
        }

        if (!isConfigured)
        {
            return Whole(site, statement, awaited.WithDeclaration(Asynchronous(site, declaration)));
        }

        if (declaration.Variables is not [{ Initializer.Value: { } value } variable] || !IsThere(site, value))
        {
            return null;
        }

        var kept = SyntaxFactory.LocalDeclarationStatement(Asynchronous(site, declaration).WithoutTrivia())
            .WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(site.NewLine));
        var rest = awaited
            .WithAwaitKeyword(awaits.WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(statement))))
            .WithDeclaration(null)
            .WithExpression(Configured(SyntaxFactory.IdentifierName(variable.Identifier.WithoutTrivia())));
        return new Edit(Title).Replace(statement, [kept, rest]);
    }

    private static Edit? OfDeclaration(Site site, LocalDeclarationStatementSyntax statement)
    {
        if (!ConfigureAwaitStyle.IsFalseIn(site))
        {
            var keyword = SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space);
            var declared = Asynchronous(site, statement.Declaration).WithoutLeadingTrivia();
            return Whole(
                site,
                statement,
                statement.WithDeclaration(declared).WithUsingKeyword(keyword).WithAwaitKeyword(Awaits(keyword)));
        }

        if (statement.Declaration.Variables is not [{ Initializer.Value: { } value } variable] || !IsThere(site, value))
        {
            return null;
        }

        var name = variable.Identifier.ValueText;
        var kept = statement
            .WithUsingKeyword(default)
            .WithDeclaration(Asynchronous(site, statement.Declaration).WithLeadingTrivia(statement.GetLeadingTrivia()))
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(site.NewLine));
        var rest = Code.Statement(
                $"await using var {new Names(site).Fresh(name + "Disposal")} = {name}.ConfigureAwait(false);")
            .WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(statement)))
            .WithTrailingTrivia(statement.GetTrailingTrivia());
        return new Edit(Title).Replace(statement, [kept, rest]);
    }

    private static Edit? OfEnumerator(Site site, InvocationExpressionSyntax call) =>
        EnumeratorEnds.HolderOf(site.Start) is { } holder
        && !EnumeratorEnds.IsDisposed(site.Start, holder)
        && call.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is
        {
            Declaration.Variables: [{ Initializer.Value: var value }],
            Parent: BlockSyntax or GlobalStatementSyntax,
        } statement
        && value == call
            ? OfDeclaration(site, statement)
            : null;

    private static Edit Whole(Site site, StatementSyntax old, StatementSyntax written) =>
        new Edit(Title).Replace((SyntaxNode)old, written.WithTriviaFrom(old));

    private static SyntaxToken Awaits(SyntaxToken keyword) =>
        SyntaxFactory.Token(SyntaxKind.AwaitKeyword)
            .WithLeadingTrivia(keyword.LeadingTrivia)
            .WithTrailingTrivia(SyntaxFactory.Space);

    private static ExpressionSyntax Configured(ExpressionSyntax resource) =>
        Code.Expression("$0.ConfigureAwait(false)", Expressions.AsReceiver(resource.WithoutTrivia()));

    // What is configured is asked for its disposal whether or not it is null.
    private static bool IsThere(Site site, ExpressionSyntax resource) =>
        resource is BaseObjectCreationExpressionSyntax
        || site.Model.GetTypeInfo(resource, site.CancellationToken).Nullability.FlowState
            == NullableFlowState.NotNull;

    /// <summary>The declaration with <c>CreateAsyncScope</c> in place of <c>CreateScope</c>.</summary>
    private static VariableDeclarationSyntax Asynchronous(Site site, VariableDeclarationSyntax declaration)
    {
        var scopes = declaration.Variables
            .Select(variable => variable.Initializer?.Value)
            .OfType<ExpressionSyntax>()
            .Where(value => ScopeCall(site, value) is not null)
            .ToList();
        if (scopes.Count == 0)
        {
            return declaration;
        }

        var changed = declaration.ReplaceNodes(scopes, (original, _) => ScopeCall(site, original)!);
        return changed.Type.IsVar
            ? changed
            : changed.WithType(SyntaxFactory.IdentifierName("var").WithTriviaFrom(changed.Type));
    }

    private static ExpressionSyntax? ScopeCall(Site site, ExpressionSyntax resource)
    {
        if (resource is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            || site.Model.GetOperation(call, site.CancellationToken) is not { } operation
            || !AsyncDisposals.Of(site.Model.Compilation).IsScope(operation))
        {
            return null;
        }

        var name = SyntaxFactory.IdentifierName("CreateAsyncScope").WithTriviaFrom(access.Name);
        return call.WithExpression(access.WithName(name));
    }
}
