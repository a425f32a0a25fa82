using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Building.Callers;

/// <summary>
/// Awaits what else blocks, or is dropped, in a function that becomes asynchronous: there it would be a mistake.
/// </summary>
internal static class OtherWaits
{
    /// <summary>Adds the awaits to the edit; false where something would stay blocked.</summary>
    public static bool TryWrite(Edit edit, Site place, SyntaxNode function)
    {
        var blocking = BlockingWaits.Of(place.Model.Compilation);
        var primitives = PrimitiveWaits.Of(place.Model.Compilation, place.Document.Project.AnalyzerOptions);
        foreach (var node in OwnNodes.Of(function))
        {
            if (node is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax)
                || node == place.Node
                || edit.Originals.Contains(node)
                || place.Model.GetOperation(node, place.CancellationToken) is not { } operation
                || operation.Syntax != node)
            {
                continue;
            }

            var member = place.Model.GetEnclosingSymbol(node.SpanStart, place.CancellationToken);
            if (blocking.RowOf(operation) is not null)
            {
                if (blocking.OnceAsync(operation, member, place.CancellationToken) is { } finding
                    && (new AwaitInstead().For(place.Of(finding).OnceAsync) is not { } awaiting
                        || !edit.TryInclude(awaiting)))
                {
                    return false;
                }
            }
            else if (primitives.RowOf(operation) is not null
                && !(new AsyncPrimitive().For(place.At(operation).OnceAsync) is { } twin && edit.TryInclude(twin))
                && primitives.IsWrongOnceAsync(operation, member))
            {
                return false;
            }
        }

        return true;
    }
}
