using System;
using System.Linq;

namespace ScopedTasks.Benchmarks.Staged;

/// <summary>Work of which a part is measured: what goes before and comes after it would drown it.</summary>
/// <remarks>Both sides run in turns in one process; the median of the rounds' ratios counts.</remarks>
internal sealed record StagedBenchmark(
    string Title, string Contender, string Baseline, int Operations, GateAttribute Gate)
{
    private const int Rounds = 9;

    /// <summary>Makes one side of a round.</summary>
    public required Func<IStage> MakeContender { get; init; }

    /// <summary>Makes the other side of a round.</summary>
    public required Func<IStage> MakeBaseline { get; init; }

    /// <summary>Runs it.</summary>
    public Row Measure()
    {
        // The first round is for the compiler.
        var rounds = Enumerable.Range(0, Rounds + 1).Select(MeasureRound).Skip(1).ToArray();
        var ratios = rounds.Select(round => round.Contender.Time / round.Baseline.Time).Order().ToArray();
        return new(
            Title,
            Contender,
            Baseline,
            new Spread(ratios[Rounds / 4], ratios[Rounds / 2], ratios[Rounds * 3 / 4]),
            Median(round => round.Contender.Time.TotalNanoseconds),
            Gate.Bytes > 0 ? (long)Median(round => round.Contender.Kept) : null,
            Gate);

        double Median(Func<(StageCost Contender, StageCost Baseline), double> select) =>
            rounds.Select(select).Order().ElementAt(Rounds / 2) / Operations;
    }

    private (StageCost Contender, StageCost Baseline) MeasureRound(int round)
    {
        if (round % 2 == 0)
            return (StageCost.Of(MakeContender()), StageCost.Of(MakeBaseline()));
        var baseline = StageCost.Of(MakeBaseline());
        return (StageCost.Of(MakeContender()), baseline);
    }
}
