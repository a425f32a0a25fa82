namespace ScopedTasks.CodeFixes.Building;

/// <summary>The statements beside one another in a block, a switch section or a top-level program.</summary>
internal sealed record StatementList(ImmutableArray<StatementSyntax> Statements, bool IsFunctionBody)
{
    public static StatementList? Around(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => new(block.Statements.ToImmutableArray(), IsBody(block)),
        SwitchSectionSyntax section => new(section.Statements.ToImmutableArray(), IsFunctionBody: false),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => new(
            unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement).ToImmutableArray(),
            IsFunctionBody: true),
        _ => null,
    };

    /// <summary>
    /// From a statement to the end; local functions at the end, and a switch section's last jump, stay outside.
    /// </summary>
    public ImmutableArray<StatementSyntax> From(StatementSyntax first)
    {
        var range = Statements.RemoveRange(0, Statements.IndexOf(first));
        while (range.Length > 1
            && (range[range.Length - 1] is LocalFunctionStatementSyntax
                || (!IsFunctionBody && range[range.Length - 1] is BreakStatementSyntax or ContinueStatementSyntax)))
        {
            range = range.RemoveAt(range.Length - 1);
        }

        return range;
    }

    private static bool IsBody(BlockSyntax block) => block.Parent is BaseMethodDeclarationSyntax
        or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax;
}
