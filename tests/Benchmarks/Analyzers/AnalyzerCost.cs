using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScopedTasks.Benchmarks.Analyzers;

/// <summary>Decides what each analyzer costs, as the compiler's <c>ReportAnalyzer</c> counts it.</summary>
/// <remarks>
/// All run in one pass, on one thread, over compilations that nobody has looked at; the median of several passes
/// counts.
/// </remarks>
internal static class AnalyzerCost
{
    private const int WarmUps = 1;
    private const int Rounds = 3;

    /// <summary>Measures all analyzers over all compilations.</summary>
    public static async Task<IReadOnlyDictionary<DiagnosticAnalyzer, TimeSpan>> MeasureAsync(
        IReadOnlyCollection<Compilation> compilations, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var times = analyzers.ToDictionary(analyzer => analyzer, _ => new List<TimeSpan>());
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            // Who comes first pays for what the compiler makes on demand: they take turns.
            var turn = round * analyzers.Length / (WarmUps + Rounds);
            var sums = await RunAsync(compilations, [.. analyzers.Skip(turn), .. analyzers.Take(turn)]);
            if (round < WarmUps)
                continue;
            foreach (var (analyzer, sum) in sums)
                times[analyzer].Add(sum);
        }

        return times.ToDictionary(entry => entry.Key, entry => entry.Value.Order().ElementAt(Rounds / 2));
    }

    private static async Task<Dictionary<DiagnosticAnalyzer, TimeSpan>> RunAsync(
        IReadOnlyCollection<Compilation> compilations, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var sums = analyzers.ToDictionary(analyzer => analyzer, _ => TimeSpan.Zero);
        foreach (var compilation in compilations)
        {
            GC.Collect();
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: (exception, _, _) => throw new InvalidOperationException("AD0001", exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: true);
            var result = await compilation.Clone().WithAnalyzers(analyzers, options)
                .GetAnalysisResultAsync(CancellationToken.None);
            foreach (var (analyzer, telemetry) in result.AnalyzerTelemetryInfo)
                sums[analyzer] += telemetry.ExecutionTime;
        }

        return sums;
    }
}
