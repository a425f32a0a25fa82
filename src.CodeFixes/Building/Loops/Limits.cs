using ScopedTasks.Analyzers.Flow.Bounds;

namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>Decides how many children at once a fix writes for a loop.</summary>
internal static class Limits
{
    public static int Of(Site site, SyntaxNode work)
    {
        var options = Options.Of(site.Options);
        return TakesConnections(site, work) ? options.MaxConnections : options.MaxConcurrency;
    }

    /// <summary>The options of a bounded group, as code.</summary>
    public static string GroupOptions(string limit, bool isEndless) =>
        $"new ::TaskGroupOptions {{ MaxConcurrency = {limit}, "
        + $"FailureMode = ::TaskGroupFailureMode.{(isEndless ? "Supervise" : "Collect")} }}";

    // A wrapper of a socket has any name; what the loop does to get it tells.
    private static bool TakesConnections(Site site, SyntaxNode work) =>
        (LoopBounds.LoopOf(site.Start) is { } loop && LoopBounds.Accepts(loop))
        || work.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(identifier =>
            IsConnection(site.Model.GetTypeInfo(identifier, site.CancellationToken).Type));

    private static bool IsConnection(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "TcpClient" or "Socket" or "WebSocket" or "Stream" or "PipeStream" or "IDuplexPipe"
                && current.ContainingNamespace?.ToDisplayString() is "System.Net.Sockets" or "System.Net.WebSockets"
                    or "System.IO" or "System.IO.Pipes" or "System.IO.Pipelines")
            {
                return true;
            }
        }

        return false;
    }
}
