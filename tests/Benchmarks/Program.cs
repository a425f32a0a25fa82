using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ScopedTasks.Benchmarks.Analyzers;

namespace ScopedTasks.Benchmarks;

/// <summary>
/// Runs the benchmarks, prints each beside its baseline, and fails where a gate is missed: bytes and times are
/// BenchmarkDotNet's, ratios those of <see cref="PairedRounds"/>. With <c>--update</c> the table goes into the page;
/// what else is given goes to BenchmarkDotNet (<c>--filter *Limiter*</c>). <c>analyzers</c> in front measures the
/// analyzers instead.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments) => arguments is ["analyzers", .. var sources]
        ? await AnalyzerBenchmarks.RunAsync(sources)
        : RunRuntime(arguments);

    private static int RunRuntime(string[] arguments)
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(3)
            .WithIterationCount(7);
        var config = DefaultConfig.Instance.AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(PerformancePage.Root, "artifacts", "benchmarks"));
        string[] rest = [.. arguments.Where(argument => argument != "--update")];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
            .Run(rest is [] ? ["--filter", "*"] : rest, config)
            .ToArray();
        Row[]?[] measured = [.. summaries.Select(Row.Of)];
        if (measured is [] || measured.Contains(null))
        {
            Console.Error.WriteLine("Not every benchmark ran.");
            return 2;
        }

        var rows = measured.SelectMany(rows => rows!).ToArray();
        var table = Row.Head + string.Concat(rows.Select(row => $"{row}\n"));
        Console.WriteLine($"\n{table}");
        if (rest.Length < arguments.Length)
        {
            PerformancePage.Runtime.Write(MachineOf(summaries[0].HostEnvironmentInfo) + table);
        }

        return rows.All(row => row.Holds) ? 0 : 1;
    }

    private static string MachineOf(HostEnvironmentInfo host) =>
        $"{host.RuntimeVersion}, {Environment.ProcessorCount} cores, "
        + $"{(host.IsConcurrentGC ? "concurrent" : "non-concurrent")} "
        + $"{(host.IsServerGC ? "server" : "workstation")} GC\n\n";
}
