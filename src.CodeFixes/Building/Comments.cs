namespace ScopedTasks.CodeFixes.Building;

/// <summary>Finds the comments in code, which no fix may lose.</summary>
internal static class Comments
{
    public static bool AreIn(SyntaxNode node) => node.DescendantTrivia().Any(Is);

    public static int CountIn(SyntaxNode node) => node.DescendantTrivia().Count(Is);

    /// <summary>Whether as many comments are there after the edit as before it.</summary>
    public static bool AreKept(Site site, Edit edit) =>
        CountIn(Edit.Apply(site.Root, [edit], new SyntaxAnnotation())) >= CountIn(site.Root);

    public static bool Is(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}
