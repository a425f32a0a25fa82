namespace ScopedTasks.CodeFixes.Building;

/// <summary>Finds the logger that the code of a function can name: a field or property of its type.</summary>
internal static class LoggerInReach
{
    /// <summary>How the logger is called on: <c>_logger</c>, or <c>_logger?</c> where it may be null.</summary>
    public static string? Of(Site site, int position)
    {
        if (site.Model.Compilation.GetTypeByMetadataName("Microsoft.Extensions.Logging.ILogger") is not { } logger
            || site.Model.GetEnclosingSymbol(position, site.CancellationToken) is not { ContainingType: { } type })
        {
            return null;
        }

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (TypeOf(member) is { } own
                    && own.IsOrDerivesFrom(logger)
                    && IsNamedHere(site, position, member))
                {
                    return own.NullableAnnotation == NullableAnnotation.Annotated ? member.Name + "?" : member.Name;
                }
            }
        }

        return null;
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol { IsImplicitlyDeclared: false } field => field.Type,
        IPropertySymbol { IsIndexer: false, GetMethod: not null } property => property.Type,
        _ => null,
    };

    // Binds the name there: what is hidden, out of reach, or an instance's in a static function is not found.
    private static bool IsNamedHere(Site site, int position, ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(
            site.Model.GetSpeculativeSymbolInfo(
                position,
                SyntaxFactory.IdentifierName(member.Name),
                SpeculativeBindingOption.BindAsExpression).Symbol?.OriginalDefinition,
            member.OriginalDefinition);
}
