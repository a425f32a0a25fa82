using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace ScopedTasks.Benchmarks;

/// <summary>
/// Decides how many times the baseline's time a benchmark takes: both run in turns, in short rounds of one process,
/// and the median of the rounds' ratios counts.
/// </summary>
/// <remarks>
/// Work that suspends on the thread pool has moods (which thread wakes, who steals) that last for seconds: benchmarks
/// that are measured one after another are measured in different ones. Neighbours of a round share theirs.
/// </remarks>
internal static class PairedRounds
{
    private const int Count = 201;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_sample = TimeSpan.FromMilliseconds(10);

    /// <summary>Measures a method of a benchmark class beside another.</summary>
    public static Spread Measure(MethodInfo baseline, MethodInfo contender)
    {
        var instance = Activator.CreateInstance(baseline.DeclaringType!);
        var first = baseline.CreateDelegate<Func<Task>>(instance);
        var second = contender.CreateDelegate<Func<Task>>(instance);
        var (firstCalls, secondCalls) = WarmUp(first, second);
        var ratios = new double[Count];
        for (var round = 0; round < Count; round++)
        {
            // Whoever comes second finds what the first one left: they change places.
            if (round % 2 == 0)
            {
                var unit = TimeOfCall(first, firstCalls);
                ratios[round] = TimeOfCall(second, secondCalls) / unit;
            }
            else
            {
                var time = TimeOfCall(second, secondCalls);
                ratios[round] = time / TimeOfCall(first, firstCalls);
            }
        }

        Array.Sort(ratios);
        return new(ratios[Count / 4], ratios[Count / 2], ratios[Count * 3 / 4]);
    }

    /// <summary>Runs until the code is compiled for good, which is done by what was seen to run.</summary>
    /// <returns>How many calls of each make a sample.</returns>
    private static (int First, int Second) WarmUp(Func<Task> first, Func<Task> second)
    {
        var watch = Stopwatch.StartNew();
        var (one, other) = (s_sample, s_sample);
        for (var calls = 0; watch.Elapsed < s_warmUp || calls < 5; calls++)
            (one, other) = (Run(first, 1), Run(second, 1));
        return (CallsIn(one), CallsIn(other));

        static int CallsIn(TimeSpan call) => Math.Max(1, (int)(s_sample / call));
    }

    private static double TimeOfCall(Func<Task> benchmark, int calls) =>
        Run(benchmark, calls).TotalNanoseconds / calls;

    private static TimeSpan Run(Func<Task> benchmark, int calls)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++)
            benchmark().GetAwaiter().GetResult();
        return watch.Elapsed;
    }
}
