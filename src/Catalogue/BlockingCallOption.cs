namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>One entry of the blocking calls that a user named: <c>Pattern -> replacement</c>.</summary>
/// <param name="Pattern">The members that block.</param>
/// <param name="Replacement">What to use instead, in the user's words; null where nothing was said.</param>
internal sealed record BlockingCallOption(MethodPattern Pattern, string? Replacement)
{
    private const string Arrow = "->";

    public static BlockingCallOption? Parse(string entry)
    {
        var arrow = entry.IndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0)
        {
            return MethodPattern.Parse(entry) is { } bare ? new(bare, null) : null;
        }

        var replacement = entry.Substring(arrow + Arrow.Length).Trim();
        return replacement.Length > 0 && MethodPattern.Parse(entry.Substring(0, arrow).Trim()) is { } pattern
            ? new(pattern, replacement)
            : null;
    }
}
