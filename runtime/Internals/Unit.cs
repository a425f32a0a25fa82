namespace ScopedTasks;

/// <summary>Stands for the value of work that has none.</summary>
internal readonly struct Unit;
