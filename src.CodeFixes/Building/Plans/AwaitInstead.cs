namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Awaits the task that the thread was blocked on, with the same timeout and token.</summary>
internal sealed class AwaitInstead : Plan
{
    public override Edit? For(Site site) =>
        AggregateCatches.Surround(site) || IsConsumedAgain(site)
            ? null
            : AwaitInPlace.Write(site, blocking => BlockedWait.Of(site, blocking));

    /// <summary>Whether a value task is used elsewhere too: it may be awaited only once.</summary>
    private static bool IsConsumedAgain(Site site)
    {
        var task = site.Start switch
        {
            IPropertyReferenceOperation property => property.Instance,
            IInvocationOperation { Instance: IInvocationOperation { Instance: { } awaited } } => awaited,
            _ => null,
        };
        return task is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
            && site.Awaitables.IsValueTask(task.Type)
            && site.Model.GetSymbolInfo(task.Syntax, site.CancellationToken).Symbol is { } variable
            && site.Member.DescendantNodes().OfType<IdentifierNameSyntax>().Count(name =>
                name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(
                    site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, variable)) > 1;
    }
}
