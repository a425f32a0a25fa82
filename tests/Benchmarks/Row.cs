using System.Globalization;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Reports;

namespace ScopedTasks.Benchmarks;

/// <summary>One benchmark beside the baseline of its class in the same run, and whether it keeps its gate.</summary>
internal sealed record Row(
    string Title, string Contender, string Baseline, Spread Ratio, double Time, long? Bytes, GateAttribute? Gate)
{
    public const string Head = """
        | what | beside | ratio | half of the rounds | at most | time | bytes | at most | |
        |---|---|---|---|---|---|---|---|---|

        """;

    public bool Holds => Gate is null || (Ratio.Median <= Gate.Ratio && (Gate.Bytes == 0 || Bytes <= Gate.Bytes));

    /// <summary>The rows of a class; null where one of its benchmarks did not run.</summary>
    public static Row[]? Of(Summary summary)
    {
        var reports = summary.Reports;
        if (reports.IsEmpty || reports.Any(report => report.ResultStatistics is null))
            return null;

        var baseline = reports.Single(report => report.BenchmarkCase.Descriptor.Baseline);
        return [.. reports.Where(report => report != baseline).Select(report => Beside(baseline, report))];
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Title}: {Contender} | {Baseline} | {Ratio.Median:0.00} | {Ratio.Low:0.00} to {Ratio.High:0.00} "
        + $"| {Gate?.Ratio:0.0#} | {Scaled(Time)} | {Bytes:N0} "
        + $"| {(Gate is { Bytes: > 0 } gate ? gate.Bytes.ToString("N0", CultureInfo.InvariantCulture) : "")} "
        + $"| {(Holds ? "" : "too much")} |");

    private static Row Beside(BenchmarkReport baseline, BenchmarkReport report)
    {
        var method = report.BenchmarkCase.Descriptor.WorkloadMethod;
        return new(
            method.DeclaringType!.GetCustomAttribute<TitleAttribute>()!.Text,
            report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            baseline.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            PairedRounds.Measure(baseline.BenchmarkCase.Descriptor.WorkloadMethod, method),
            report.ResultStatistics!.Median,
            report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0,
            method.GetCustomAttribute<GateAttribute>());
    }

    private static string Scaled(double nanoseconds) => nanoseconds switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:N0} ns"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000:N0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000:N0} ms"),
    };
}
