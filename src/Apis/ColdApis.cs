using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One type whose values are async streams and nothing else: whoever drops one has dropped the work.</summary>
/// <param name="Type">The metadata name of the type.</param>
/// <param name="Package">The package that declares it; null for the framework.</param>
internal sealed record ColdApi(string Type, string? Package = null);

/// <summary>Knows which values are cold streams: nothing runs until somebody enumerates them.</summary>
internal sealed class ColdApis
{
    private static readonly ConditionalWeakTable<KnownTypes, ColdApis> ByTypes = new();

    private readonly HashSet<INamedTypeSymbol> _streams = new(SymbolEqualityComparer.Default);
    private readonly KnownTypes _types;

    private ColdApis(KnownTypes types)
    {
        _types = types;
        foreach (var row in Rows)
        {
            if (types.Compilation.GetBestTypeByMetadataName(row.Type) is { } type)
            {
                _streams.Add(type);
            }
        }
    }

    public static ImmutableArray<ColdApi> Rows { get; } = ImmutableArray.Create<ColdApi>(
        new("System.Collections.Generic.IAsyncEnumerable`1"),
        new("System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1"),
        new("System.Linq.IOrderedAsyncEnumerable`1", "System.Linq.Async"),
        new("Azure.AsyncPageable`1", "Azure.Core"));

    public static ColdApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new ColdApis(types));

    /// <summary>Whether values of the type are streams and nothing else.</summary>
    /// <remarks>
    /// A class that can be enumerated among other things, such as a database set, may be a builder that was changed by
    /// the call which returned it.
    /// </remarks>
    public bool IsStream(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { IsGenericType: true } named)
        {
            return type is INamedTypeSymbol { TypeKind: TypeKind.Interface } plain && IsOwnInterface(plain);
        }

        return _streams.Contains(named.OriginalDefinition)
            || (named.TypeKind == TypeKind.Interface && IsOwnInterface(named));
    }

    private bool IsOwnInterface(INamedTypeSymbol type)
    {
        var isStream = false;
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.SpecialType == SpecialType.System_Collections_IEnumerable)
            {
                return false;
            }

            isStream |= implemented.OriginalDefinition.Is(_types.AsyncEnumerable);
        }

        return isStream;
    }
}
