using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One type whose values end with the request, scope or unit of work that they belong to.</summary>
/// <param name="Type">The metadata name of the type; types derived from it count too.</param>
/// <param name="Package">The package or framework reference that declares it; null for the base framework.</param>
/// <param name="IsShared">Whoever holds one did not make it: it ends with the request, whoever still uses it.</param>
internal sealed record LifetimeType(string Type, string? Package = null, bool IsShared = false);

/// <summary>Knows which values die with a request: work that outlives the request must not hold them.</summary>
internal sealed class LifetimeTypes
{
    private static readonly ConditionalWeakTable<KnownTypes, LifetimeTypes> ByTypes = new();

    private static readonly string[] Makers =
    [
        "GetRequiredService", "GetRequiredKeyedService", "GetService", "Create", "Open", "Begin", "Resolve", "Slice",
        "As",
    ];

    private readonly ImmutableArray<INamedTypeSymbol> _types;
    private readonly ImmutableArray<INamedTypeSymbol> _shared;

    private LifetimeTypes(KnownTypes types)
    {
        _types = Of(types.Compilation, Rows);
        _shared = Of(types.Compilation, Rows.Where(static row => row.IsShared));
    }

    public static ImmutableArray<LifetimeType> Rows { get; } = ImmutableArray.Create<LifetimeType>(
        new("System.Data.IDbConnection"),
        new("System.Data.IDbTransaction"),
        new("System.Data.IDbCommand"),
        new("Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.App", IsShared: true),
        new("Microsoft.AspNetCore.Http.HttpRequest", "Microsoft.AspNetCore.App", IsShared: true),
        new("Microsoft.AspNetCore.Http.HttpResponse", "Microsoft.AspNetCore.App", IsShared: true),
        new("Microsoft.Extensions.DependencyInjection.IServiceScope", "Microsoft.AspNetCore.App"),
        new("Microsoft.EntityFrameworkCore.DbContext", "Microsoft.EntityFrameworkCore", IsShared: true));

    public static LifetimeTypes Of(KnownTypes types) =>
        ByTypes.GetValue(types, static types => new LifetimeTypes(types));

    public bool EndsWithRequest(ITypeSymbol? type) => IsAny(type, _types);

    /// <summary>Whether whoever holds such a value has it from the request, and not for as long as he likes.</summary>
    public bool DiesWithRequest(ITypeSymbol? type, Options options) =>
        IsAny(type, _shared) || IsNamed(type, options);

    /// <summary>Whether what a method of that name gives, whoever declares it, ends with its object.</summary>
    public static bool BelongsToMaker(string methodName)
    {
        foreach (var maker in Makers)
        {
            if (methodName.StartsWith(maker, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamed(ITypeSymbol? type, Options options)
    {
        if (type is not null && !options.Lifetimes.IsEmpty)
        {
            for (var current = type; current is not null; current = current.BaseType)
            {
                if (options.Lifetimes.Any(pattern => pattern.Matches(current)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ImmutableArray<INamedTypeSymbol> Of(Compilation compilation, IEnumerable<LifetimeType> rows) =>
        rows.Select(row => compilation.GetBestTypeByMetadataName(row.Type))
            .OfType<INamedTypeSymbol>().ToImmutableArray();

    private static bool IsAny(ITypeSymbol? type, ImmutableArray<INamedTypeSymbol> types)
    {
        foreach (var known in types)
        {
            if (type.IsOrDerivesFrom(known))
            {
                return true;
            }
        }

        return false;
    }
}
