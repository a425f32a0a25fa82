using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Twins;

namespace ScopedTasks.CodeFixes.Building.Waits;

/// <summary>Writes the <c>await</c> of a call's asynchronous twin where the call stands.</summary>
internal static class TwinCall
{
    public static bool IsKnown(Site site, TwinForm form) =>
        site.Start is IInvocationOperation call
        && BlockingCalls.Of(site.Model.Compilation, site.Document.Project.AnalyzerOptions).FormOf(call) == form;

    public static Edit? Write(Site site) =>
        site.Start is IInvocationOperation call
            ? AwaitInPlace.Write(
                site,
                blocking => blocking is InvocationExpressionSyntax written
                    && AsyncTwins.Renamed(written, AsyncTwins.NameOf(call.TargetMethod)) is { } twin
                        ? new(twin, $"Await '{AsyncTwins.NameOf(call.TargetMethod)}' instead")
                        : null)
            : null;
}
