namespace ScopedTasks;

/// <summary>Is told what a file is ready for.</summary>
internal abstract class FileWatch
{
    /// <summary>Its place in the reactor; below zero when it has none.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Called on the loop's thread, between two turns.</summary>
    public abstract void OnReady(FileEvents events);
}
