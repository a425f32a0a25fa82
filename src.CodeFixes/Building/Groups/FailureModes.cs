namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Decides how a group that a fix writes treats failures: one that nobody saw must not stop work that ran.
/// </summary>
internal static class FailureModes
{
    public const string CollectTitle = "(waits for it; failures come out at the end)";
    public const string SuperviseTitle = "(waits for it; each failure is reported, nothing is stopped)";

    /// <summary>Deliberate discards are supervised; what was lost by mistake is collected.</summary>
    public static bool IsSupervised(Site site) =>
        site.Finding.Rule == Descriptors.DiscardedTask
        || (site.Finding.Rule == Descriptors.OutlivedResource
            && DroppedWork.Of(site.Node) is { Whole: AssignmentExpressionSyntax });

    public static string Options(Site site) =>
        IsSupervised(site) ? "::TaskGroupOptions.Supervise" : "::TaskGroupOptions.Collect";

    public static string Title(Site site) => IsSupervised(site) ? SuperviseTitle : CollectTitle;
}
