namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>The limit and the token that a loop of <c>Parallel</c> was given.</summary>
/// <param name="Limit">How many at once; null where the loop does not say.</param>
/// <param name="Token">The token that ends it; null where there is none.</param>
/// <param name="IsWritten">The token stands in the code, and is no property of options that are made elsewhere.</param>
internal sealed record LoopOptions(ExpressionSyntax? Limit, ExpressionSyntax? Token, bool IsWritten)
{
    private static readonly LoopOptions None = new(null, null, IsWritten: true);

    /// <summary>The call's options; null where they hold what has no place elsewhere, such as a scheduler.</summary>
    public static LoopOptions? Of(Site site, IInvocationOperation loop)
    {
        foreach (var argument in loop.Arguments)
        {
            if (argument is { Parameter.Name: "parallelOptions", Value: var value })
            {
                return value switch
                {
                    IObjectCreationOperation creation => Of(creation),
                    ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
                        when value.Syntax is ExpressionSyntax options && !SetsScheduler(site) => new(
                            Code.Expression("$0.MaxDegreeOfParallelism", options.WithoutTrivia()),
                            Code.Expression("$0.CancellationToken", options.WithoutTrivia()),
                            IsWritten: false),
                    _ => null,
                };
            }
        }

        return None;
    }

    private static LoopOptions? Of(IObjectCreationOperation creation)
    {
        var options = None;
        foreach (var setting in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (setting is not ISimpleAssignmentOperation
                {
                    Target: IPropertyReferenceOperation { Property.Name: var name },
                    Value.Syntax: ExpressionSyntax value,
                })
            {
                return null;
            }

            switch (name)
            {
                case "MaxDegreeOfParallelism":
                    options = options with { Limit = value };
                    break;
                case "CancellationToken":
                    options = options with { Token = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    private static bool SetsScheduler(Site site) =>
        site.Member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == "TaskScheduler");
}
