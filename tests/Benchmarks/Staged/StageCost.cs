using System;
using System.Diagnostics;

namespace ScopedTasks.Benchmarks.Staged;

/// <summary>What a stage took: its time, and the bytes that live because of it once it has run.</summary>
internal readonly record struct StageCost(TimeSpan Time, long Kept)
{
    public static StageCost Of(IStage stage)
    {
        stage.Prepare();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        stage.Run();
        watch.Stop();
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        stage.CleanUp();
        return new(watch.Elapsed, kept);
    }
}
