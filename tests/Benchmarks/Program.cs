using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ScopedTasks.Benchmarks.Analyzers;
using ScopedTasks.Benchmarks.Peers;
using ScopedTasks.Benchmarks.Staged;

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
        var summaries = BenchmarkSwitcher.FromTypes(FindBenchmarks())
            .Run(rest is [] ? ["--filter", "*"] : rest, config)
            .ToArray();
        Row[]?[] measured = [.. summaries.Select(Row.Of)];
        if (measured is [] || measured.Contains(null))
        {
            Console.Error.WriteLine("Not every benchmark ran.");
            return 2;
        }

        Row[] rows =
        [
            .. measured.SelectMany(rows => rows!),
            .. rest is [] ? [Sleepers.Start.Measure(), Sleepers.Cancel.Measure()] : Array.Empty<Row>(),
        ];
        var table = Row.Head + string.Concat(rows.Select(row => $"{row}\n"));
        Console.WriteLine($"\n{table}");
        if (rest.Length < arguments.Length)
        {
            PerformancePage.Runtime.Write(MachineOf(summaries[0].HostEnvironmentInfo) + table);
        }

        return rows.All(row => row.Holds) ? 0 : 1;
    }

    /// <summary>The classes of benchmarks that can run here; says which cannot.</summary>
    private static Type[] FindBenchmarks()
    {
        var found = new List<Type>();
        foreach (var type in typeof(Program).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<TitleAttribute>() is not { } title)
                continue;
            if (type.GetCustomAttribute<NeedsAttribute>() is { } needs && !Peer.IsHere(needs.Program))
                Console.Error.WriteLine($"'{title.Text}' is left out: {needs.Program} is not here.");
            else
                found.Add(type);
        }

        return [.. found];
    }

    private static string MachineOf(HostEnvironmentInfo host) =>
        $"{host.RuntimeVersion}, {Environment.ProcessorCount} cores, "
        + $"{(host.IsConcurrentGC ? "concurrent" : "non-concurrent")} "
        + $"{(host.IsServerGC ? "server" : "workstation")} GC\n\n";
}
