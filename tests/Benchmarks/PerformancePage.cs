using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace ScopedTasks.Benchmarks;

/// <summary>A page that tells what was measured, between its marks.</summary>
internal sealed class PerformancePage(params string[] path)
{
    private const string Start = "<!-- measured -->\n";
    private const string End = "<!-- /measured -->";

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = typeof(PerformancePage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>What the analyzers cost.</summary>
    public static PerformancePage Analyzers { get; } = new("docs", "performance.md");

    /// <summary>What the runtime costs.</summary>
    public static PerformancePage Runtime { get; } = new("docs", "runtime", "performance.md");

    public void Write(string measured)
    {
        var file = Path.Combine([Root, .. path]);
        var page = File.ReadAllText(file);
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(file, page[..start] + measured + page[end..]);
    }
}
