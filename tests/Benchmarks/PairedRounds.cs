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
        var calls = WarmUp(first, second);
        var ratios = new double[Count];
        for (var round = 0; round < Count; round++)
        {
            // Whoever comes second finds what the first one left: they change places.
            if (round % 2 == 0)
            {
                var unit = Run(first, calls);
                ratios[round] = Run(second, calls) / unit;
            }
            else
            {
                var time = Run(second, calls);
                ratios[round] = time / Run(first, calls);
            }
        }

        Array.Sort(ratios);
        return new(ratios[Count / 4], ratios[Count / 2], ratios[Count * 3 / 4]);
    }

    /// <summary>Runs until the code is compiled for good, which is done by what was seen to run.</summary>
    /// <returns>How many calls make a sample.</returns>
    private static int WarmUp(Func<Task> first, Func<Task> second)
    {
        var watch = Stopwatch.StartNew();
        var slower = s_sample;
        for (var calls = 0; watch.Elapsed < s_warmUp || calls < 5; calls++)
        {
            var (one, other) = (Run(first, 1), Run(second, 1));
            slower = one > other ? one : other;
        }

        return Math.Max(1, (int)(s_sample / slower));
    }

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
