using System.Globalization;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Reports;

namespace ScopedTasks.Benchmarks;

/// <summary>One benchmark beside the baseline of its class in the same run, and whether it keeps its gate.</summary>
internal sealed record Row(
    string Title, string Contender, string Baseline, double Time, double Unit, long Bytes, GateAttribute? Gate)
{
    public const string Head = """
        | what | beside | ratio | at most | time | bytes | at most | |
        |---|---|---|---|---|---|---|---|

        """;

    public double Ratio => Time / Unit;

    public bool Holds => Gate is null || (Ratio <= Gate.Ratio && (Gate.Bytes == 0 || Bytes <= Gate.Bytes));

    /// <summary>The rows of a class; null where one of its benchmarks did not run.</summary>
    public static Row[]? Of(Summary summary)
    {
        var reports = summary.Reports;
        if (reports.IsEmpty || reports.Any(report => report.ResultStatistics is null))
        {
            return null;
        }

        return
        [
            .. reports.GroupBy(report => report.BenchmarkCase.Parameters.DisplayInfo).SelectMany(same =>
            {
                var baseline = same.Single(report => report.BenchmarkCase.Descriptor.Baseline);
                return same.Where(report => report != baseline).Select(report => Beside(baseline, report));
            }),
        ];
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Title}: {Contender} | {Baseline} | {Ratio:0.00} | {Gate?.Ratio:0.0} | {Scaled(Time)} | {Bytes:N0} "
        + $"| {(Gate is { Bytes: > 0 } gate ? gate.Bytes.ToString("N0", CultureInfo.InvariantCulture) : "")} "
        + $"| {(Holds ? "" : "too much")} |");

    private static Row Beside(BenchmarkReport baseline, BenchmarkReport report)
    {
        var method = report.BenchmarkCase.Descriptor.WorkloadMethod;
        var parameters = report.BenchmarkCase.Parameters.Items;
        var title = method.DeclaringType!.GetCustomAttribute<TitleAttribute>()!.Text
            + string.Concat(parameters.Select(parameter => $", {parameter.Value}"));
        return new(
            title,
            report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            baseline.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            report.ResultStatistics!.Median,
            baseline.ResultStatistics!.Median,
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
