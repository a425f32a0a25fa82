namespace ScopedTasks.Analyzers.Operations;

/// <summary>
/// Reads the values that an expression lists: an array's, a collection expression's, those of a <c>params</c>.
/// </summary>
/// <remarks>
/// Collection expressions came after the Roslyn that we compile against, so their kinds are numbers here.
/// </remarks>
internal static class ListedValues
{
    private const OperationKind CollectionExpression = (OperationKind)127;
    private const OperationKind Spread = (OperationKind)128;
    private const int CollectionExpressionSyntax = 9076;
    private const int SpreadElementSyntax = 9078;

    /// <summary>The values, of a spread the collection that it spreads; null if the expression lists none.</summary>
    public static IReadOnlyList<IOperation>? Of(IOperation expression) => expression switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,

        // The first compiler of C# 12 has no kind for it; for a 'params' span newer ones make one that nobody wrote.
        { Kind: CollectionExpression } or { Kind: OperationKind.None, Syntax.RawKind: CollectionExpressionSyntax } =>
            [.. expression.ChildOperations.Select(static value => SpreadIn(value) ?? value)],
        _ => null,
    };

    /// <summary>The array, collection or collection expression that lists the value; null if none does.</summary>
    public static IOperation? ListOf(IOperation value) => value.Parent switch
    {
        IArrayInitializerOperation { Parent: IArrayCreationOperation list } => list,
        IArgumentOperation
        {
            Parent: IInvocationOperation
            {
                TargetMethod.Name: "Add",
                Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation list },
            },
        } => list,
        { Kind: CollectionExpression } list => list,
        { Kind: OperationKind.None, Syntax.RawKind: CollectionExpressionSyntax } list => list,
        _ => null,
    };

    /// <summary>Whether a collection is listed as a whole, by the collection expression around it.</summary>
    public static bool AreSpread(IOperation collection) => collection.Parent is { Kind: Spread };

    public static bool IsCollectionExpression(SyntaxNode expression) =>
        expression.RawKind == CollectionExpressionSyntax;

    public static bool IsSpread(SyntaxNode element) => element.RawKind == SpreadElementSyntax;

    private static IOperation? SpreadIn(IOperation value) =>
        value.Kind == Spread ? value.ChildOperations.FirstOrDefault() : null;
}
