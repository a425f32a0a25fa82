namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// The locals that are declared in a range and used after it: their declarations move before the group, and what
/// declared them assigns.
/// </summary>
internal sealed class OutlastingLocals
{
    private OutlastingLocals(
        ImmutableArray<StatementSyntax> declarations,
        Dictionary<StatementSyntax, StatementChange> statements,
        Dictionary<SyntaxNode, SyntaxNode> nodes)
    {
        Declarations = declarations;
        Statements = statements;
        Nodes = nodes;
    }

    /// <summary>What stands before the group.</summary>
    public ImmutableArray<StatementSyntax> Declarations { get; }

    /// <summary>What becomes of the declarations within the group.</summary>
    public IReadOnlyDictionary<StatementSyntax, StatementChange> Statements { get; }

    /// <summary>What becomes of the arguments that declare: <c>out var x</c> is <c>out x</c>.</summary>
    public IReadOnlyDictionary<SyntaxNode, SyntaxNode> Nodes { get; }

    /// <summary>The locals; null where one of them cannot be declared elsewhere.</summary>
    public static OutlastingLocals? Of(Site site, GroupRange range)
    {
        var declarations = ImmutableArray.CreateBuilder<StatementSyntax>();
        var statements = new Dictionary<StatementSyntax, StatementChange>();
        var nodes = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var variable in range.Outlasting)
        {
            if (variable is not ILocalSymbol { IsConst: false, IsRef: false, IsUsing: false } local
                || local.Type.ToMinimalDisplayString(site.Model, site.Node.SpanStart) is not { } type
                || type.Contains("<anonymous")
                || local.DeclaringSyntaxReferences is not [var reference]
                || !TryAssign(reference.GetSyntax(site.CancellationToken), range, statements, nodes))
            {
                return null;
            }

            declarations.Add(Code.Statement($"{type} {local.Name};{site.NewLine}"));
        }

        return new(declarations.ToImmutable(), statements, nodes);
    }

    private static bool TryAssign(
        SyntaxNode declaration,
        GroupRange range,
        Dictionary<StatementSyntax, StatementChange> statements,
        Dictionary<SyntaxNode, SyntaxNode> nodes)
    {
        switch (declaration)
        {
            case SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax argument } designation
                when argument.Parent is ArgumentSyntax:
                nodes[argument] = SyntaxFactory.IdentifierName(designation.Identifier.WithoutTrivia());
                return true;

            case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } list } variable
                when list.Parent is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement
                && range.Statements.Contains(statement)
                && !Comments.AreIn(statement)
                && variable.Initializer is null or { Value: not InitializerExpressionSyntax }:
                var name = variable.Identifier.Text;
                statements[statement] = rewritten => ValueIn(rewritten) is { } value
                    ? [Code.Statement($"{name} = $0;", value.WithoutTrivia()).WithTriviaFrom(rewritten)]
                    : [];
                return true;

            default:
                return false;
        }
    }

    private static ExpressionSyntax? ValueIn(StatementSyntax declaration) =>
        ((LocalDeclarationStatementSyntax)declaration).Declaration.Variables[0].Initializer?.Value;
}
