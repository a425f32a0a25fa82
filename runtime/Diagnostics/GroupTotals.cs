#if NET
namespace ScopedTasks;

/// <summary>Adds up what all live groups hold; nothing is counted before somebody asks.</summary>
internal readonly record struct GroupTotals(int Groups, int Running, int Queued)
{
    /// <summary>The totals of this moment.</summary>
    public static GroupTotals Now()
    {
        var groups = LiveGroups.ToList();
        var (running, queued) = (0, 0);
        foreach (var group in groups)
        {
            running += group.RunningCount;
            queued += group.QueuedCount;
        }
        return new GroupTotals(groups.Count, running, queued);
    }
}
#endif
