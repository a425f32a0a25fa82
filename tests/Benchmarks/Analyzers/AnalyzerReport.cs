using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScopedTasks.Benchmarks.Analyzers;

/// <summary>
/// Measures what the analyzers cost: beside their peers, for each rule, and as the sources grow.
/// </summary>
internal sealed class AnalyzerReport
{
    private const double MostBesideThreading = 0.5;
    private const double MostGrowth = 1.5;
    private const int Services = 40;
    private const int LongMethod = 5_000;

    private readonly StringBuilder _text = new();

    /// <summary>Whether all gates are kept.</summary>
    public bool Holds { get; private set; } = true;

    public override string ToString() => _text.ToString();

    /// <summary>Our analyzers in one pass with the peers', over the given sources.</summary>
    public async Task CompareAsync(string title, IReadOnlyCollection<Compilation> compilations)
    {
        AnalyzerSet[] sets = [AnalyzerSet.Ours, AnalyzerSet.AsyncFixer, AnalyzerSet.Threading];
        var lines = Sources.CountLines(compilations);
        var times = await AnalyzerCost.MeasureAsync(compilations, [.. sets.SelectMany(set => set.Analyzers)]);
        var unit = Sum(AnalyzerSet.Threading.Analyzers, times);
        Print($"{title}, {lines:N0} lines:\n\n");
        Print($"| package | analyzers | time | µs a line | ratio | at most | |\n|---|---|---|---|---|---|---|\n");
        foreach (var set in sets)
        {
            var time = Sum(set.Analyzers, times);
            var ratio = time / unit;
            Print($"| {set.Name} | {set.Analyzers.Length} ");
            Print($"| {time.TotalMilliseconds:N0} ms | {PerLine(time, lines):0.00} ");
            PrintGate(ratio, set == AnalyzerSet.Ours ? MostBesideThreading : null);
        }

        PrintRules(times, lines);
    }

    /// <summary>Our analyzers over sources of 1, 4 and 16 times the length, and over one long method.</summary>
    public async Task GrowAsync()
    {
        Print($"\n| sources | lines | time | µs a line | ratio | at most | |\n|---|---|---|---|---|---|---|\n");
        var unit = await MeasureAsync("once", GeneratedCode.Services(Services), null);
        await MeasureAsync("4 times", GeneratedCode.Services(4 * Services), unit);
        await MeasureAsync("16 times", GeneratedCode.Services(16 * Services), unit);
        var usual = await MeasureAsync("methods of 100 lines", Enumerable.Range(0, 50).Select(Renamed), null);
        await MeasureAsync("one method", [GeneratedCode.LongMethod(LongMethod)], usual);

        static string Renamed(int number) =>
            GeneratedCode.LongMethod(100).Replace("class Long", $"class Long{number}", StringComparison.Ordinal);
    }

    private async Task<double> MeasureAsync(string title, IEnumerable<string> texts, double? unit)
    {
        Compilation[] compilations = [Sources.Library(texts)];
        var lines = Sources.CountLines(compilations);
        var analyzers = AnalyzerSet.Ours.Analyzers;
        var time = Sum(analyzers, await AnalyzerCost.MeasureAsync(compilations, analyzers));
        var cost = PerLine(time, lines);
        var ratio = cost / (unit ?? cost);
        Print($"| {title} | {lines:N0} | {time.TotalMilliseconds:N0} ms | {cost:0.00} ");
        PrintGate(ratio, unit is null ? null : MostGrowth);
        return cost;
    }

    private void PrintRules(IReadOnlyDictionary<DiagnosticAnalyzer, TimeSpan> times, int lines)
    {
        Print($"\n| rule | analyzer | µs a line |\n|---|---|---|\n");
        foreach (var analyzer in AnalyzerSet.Ours.Analyzers.OrderByDescending(analyzer => times[analyzer]))
        {
            var ids = string.Join(", ", analyzer.SupportedDiagnostics.Select(rule => rule.Id).Distinct());
            Print($"| {ids} | {analyzer.GetType().Name} | {PerLine(times[analyzer], lines):0.000} |\n");
        }
    }

    private void PrintGate(double ratio, double? gate)
    {
        var holds = gate is null || ratio <= gate;
        Holds &= holds;
        Print($"| {ratio:0.00} | {gate:0.0} | {(holds ? "" : "too much")} |\n");
    }

    private void Print(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));

    private static double PerLine(TimeSpan time, int lines) => time.TotalMicroseconds / lines;

    private static TimeSpan Sum(
        IEnumerable<DiagnosticAnalyzer> analyzers, IReadOnlyDictionary<DiagnosticAnalyzer, TimeSpan> times) =>
        analyzers.Aggregate(TimeSpan.Zero, (sum, analyzer) => sum + times[analyzer]);
}
