using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ScopedTasks.Benchmarks;

/// <summary>
/// Runs the benchmarks, prints each beside its baseline, and fails where a gate is missed. With <c>--update</c> the
/// table goes into the page; what else is given goes to BenchmarkDotNet (<c>--filter *Limiter*</c>).
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5)
            .WithIterationCount(15);
        var config = DefaultConfig.Instance.AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(PerformancePage.Root, "artifacts", "benchmarks"));
        string[] rest = [.. arguments.Where(argument => argument != "--update")];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
            .Run(rest is [] ? ["--filter", "*"] : rest, config)
            .ToArray();
        if (summaries.Length == 0 || summaries.Any(summary => Row.Of(summary) is null))
        {
            Console.Error.WriteLine("Not every benchmark ran.");
            return 2;
        }

        var rows = summaries.SelectMany(summary => Row.Of(summary)!).ToArray();
        var table = PerformancePage.TableOf(rows);
        Console.WriteLine($"\n{table}");
        if (rest.Length < arguments.Length)
        {
            PerformancePage.Write(table, summaries[0].HostEnvironmentInfo);
        }

        return rows.All(row => row.Holds) ? 0 : 1;
    }
}
