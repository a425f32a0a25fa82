namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides which operation a diagnostic's node stands for, among those of the same span.</summary>
internal static class ReportedOperation
{
    public static IOperation? At(
        SyntaxNode node,
        SemanticModel model,
        Func<IOperation, bool> isReported,
        CancellationToken cancellationToken)
    {
        foreach (var candidate in node.DescendantNodesAndSelf(inner => inner.Span == node.Span))
        {
            if (candidate.Span == node.Span
                && model.GetOperation(candidate, cancellationToken) is { } operation
                && isReported(operation))
            {
                return operation;
            }
        }

        return null;
    }
}
