namespace ScopedTasks.Benchmarks.Staged;

/// <summary>One side of a <see cref="StagedBenchmark"/>, for one round.</summary>
internal interface IStage
{
    /// <summary>What goes before.</summary>
    void Prepare();

    /// <summary>What is measured.</summary>
    void Run();

    /// <summary>What comes after.</summary>
    void CleanUp();
}
