namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The page of one rule.</summary>
internal static class RulePage
{
    public static string PathOf(string id) => $"docs/rules/{id}.md";
}
