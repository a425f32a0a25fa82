using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>How one statement becomes several: in its list, or in a block where only one may stand.</summary>
internal static class Statements
{
    public static Edit Replace(Edit edit, StatementSyntax statement, params StatementSyntax[] replacements) =>
        statement.Parent switch
        {
            BlockSyntax or SwitchSectionSyntax => edit.Replace(
                statement.Parent, statement.Parent.ReplaceNode(statement, replacements)),
            GlobalStatementSyntax { Parent: { } unit } global => edit.Replace(
                unit, unit.ReplaceNode(global, replacements.Select(SyntaxFactory.GlobalStatement))),
            _ => edit.Replace(statement, Block(statement, replacements)),
        };

    private static BlockSyntax Block(StatementSyntax statement, StatementSyntax[] replacements) =>
        SyntaxFactory.Block(replacements).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation);
}
