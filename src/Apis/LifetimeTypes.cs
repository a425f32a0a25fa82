using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One type whose values end with the request, scope or unit of work that they belong to.</summary>
/// <param name="Type">The metadata name of the type; types derived from it count too.</param>
/// <param name="Package">The package or framework reference that declares it; null for the base framework.</param>
internal sealed record LifetimeType(string Type, string? Package = null);

/// <summary>Knows which values die with a request: work that outlives the request must not hold them.</summary>
internal sealed class LifetimeTypes
{
    private static readonly ConditionalWeakTable<KnownTypes, LifetimeTypes> ByTypes = new();

    private readonly ImmutableArray<INamedTypeSymbol> _types;

    private LifetimeTypes(KnownTypes types) =>
        _types = Rows.Select(row => types.Compilation.GetBestTypeByMetadataName(row.Type))
            .OfType<INamedTypeSymbol>().ToImmutableArray();

    public static ImmutableArray<LifetimeType> Rows { get; } = ImmutableArray.Create<LifetimeType>(
        new("System.Data.IDbConnection"),
        new("System.Data.IDbTransaction"),
        new("System.Data.IDbCommand"),
        new("Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.App"),
        new("Microsoft.AspNetCore.Http.HttpRequest", "Microsoft.AspNetCore.App"),
        new("Microsoft.AspNetCore.Http.HttpResponse", "Microsoft.AspNetCore.App"),
        new("Microsoft.Extensions.DependencyInjection.IServiceScope", "Microsoft.AspNetCore.App"),
        new("Microsoft.EntityFrameworkCore.DbContext", "Microsoft.EntityFrameworkCore"));

    public static LifetimeTypes Of(KnownTypes types) =>
        ByTypes.GetValue(types, static types => new LifetimeTypes(types));

    public bool EndsWithRequest(ITypeSymbol? type)
    {
        foreach (var known in _types)
        {
            if (type.IsOrDerivesFrom(known))
            {
                return true;
            }
        }

        return false;
    }
}
