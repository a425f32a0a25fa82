using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Environments;

namespace ScopedTasks.Benchmarks;

/// <summary>Writes the table of docs/runtime/performance.md, between its marks.</summary>
internal static class PerformancePage
{
    private const string Start = "<!-- measured -->\n";
    private const string End = "<!-- /measured -->";

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = typeof(PerformancePage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "RepositoryRoot").Value!;

    public static string TableOf(IEnumerable<Row> rows) => Row.Head + string.Concat(rows.Select(row => $"{row}\n"));

    public static void Write(string table, HostEnvironmentInfo host)
    {
        var path = Path.Combine(Root, "docs", "runtime", "performance.md");
        var page = File.ReadAllText(path);
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        var machine = $"{host.RuntimeVersion}, {Environment.ProcessorCount} cores, {host.GCStats()}\n\n";
        File.WriteAllText(path, page[..start] + machine + table + page[end..]);
    }

    private static string GCStats(this HostEnvironmentInfo host) =>
        $"{(host.IsConcurrentGC ? "concurrent" : "non-concurrent")} {(host.IsServerGC ? "server" : "workstation")} GC";
}
