using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks.Benchmarks.Analyzers;

/// <summary>
/// What <c>-- analyzers</c> runs: the cost of the analyzers over our own sources, or over the projects of the folders
/// that are given.
/// </summary>
internal static class AnalyzerBenchmarks
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var folders = arguments.Where(argument => argument != "--update").ToArray();
        var report = new AnalyzerReport();
        if (folders is [])
        {
            string[] own = ["src", "src.CodeFixes", "runtime"];
            await report.CompareAsync(
                "Our own sources",
                [.. own.SelectMany(name => Sources.Projects(Path.Combine(PerformancePage.Root, name)))]);
            await report.GrowAsync();
        }

        foreach (var folder in folders)
        {
            var title = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
            await report.CompareAsync(title, Sources.Projects(folder));
        }

        Console.WriteLine(report);
        if (folders.Length < arguments.Length)
            PerformancePage.Analyzers.Write(report.ToString());
        return report.Holds ? 0 : 1;
    }
}
