namespace ScopedTasks.CodeFixes.Building;

/// <summary>Finds the comments in code, which no fix may lose.</summary>
internal static class Comments
{
    public static bool AreIn(SyntaxNode node) => node.DescendantTrivia().Any(Is);

    /// <summary>Whether as many comments and directives are there after the edit as before it.</summary>
    public static bool AreKept(Site site, Edit edit) =>
        Edit.Apply(site.Root, [edit], new SyntaxAnnotation()) is var after
        && CountIn(after) >= CountIn(site.Root)
        && DirectivesIn(after) >= DirectivesIn(site.Root);

    public static bool Is(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    private static int CountIn(SyntaxNode node) => node.DescendantTrivia().Count(Is);

    private static int DirectivesIn(SyntaxNode node) => node.DescendantTrivia().Count(trivia => trivia.IsDirective);
}
