using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One type whose values are async streams and nothing else: whoever drops one has dropped the work.</summary>
/// <param name="Type">The metadata name of the type.</param>
/// <param name="Package">The package that declares it; null for the framework.</param>
internal sealed record ColdApi(string Type, string? Package = null);

/// <summary>One member that runs the coroutine which it is given, the one time that it can be run.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The member's name.</param>
internal sealed record ConsumingApi(string Type, string Member) : IApiRow;

/// <summary>Knows which values are cold streams: nothing runs until somebody enumerates them.</summary>
internal sealed class ColdApis
{
    private static readonly ConditionalWeakTable<KnownTypes, ColdApis> ByTypes = new();

    private readonly HashSet<INamedTypeSymbol> _streams = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> _awaitables = new(SymbolEqualityComparer.Default);
    private readonly ApiRows<ConsumingApi> _consumers;
    private readonly KnownTypes _types;

    private ColdApis(KnownTypes types)
    {
        _types = types;
        _consumers = new(types.Compilation, Consumers);
        foreach (var row in Waits)
        {
            if (types.Compilation.GetBestTypeByMetadataName(row.Type) is { } type)
            {
                _awaitables.Add(type);
            }
        }

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

    /// <summary>What the runtime's own waits are: nothing waits until they are awaited.</summary>
    public static ImmutableArray<ColdApi> Waits { get; } = ImmutableArray.Create<ColdApi>(
        new("ScopedTasks.SleepAwaitable"),
        new("ScopedTasks.YieldAwaitable"),
        new("ScopedTasks.CheckpointAwaitable"),
        new("ScopedTasks.CommandAwaitable"));

    public static ImmutableArray<ConsumingApi> Consumers { get; } = ImmutableArray.Create<ConsumingApi>(
        new("ScopedTasks.CoroutineGroup", "Spawn"),
        new("ScopedTasks.CoroutineGroup", "SpawnAsync"),
        new("ScopedTasks.CoroutineGroup", "Run"),
        new("ScopedTasks.CoroutineGroup", "RunService"),
        new("ScopedTasks.CoroutineDriver", ".ctor"),
        new("ScopedTasks.EventLoop", "Run"),
        new("ScopedTasks.EventLoop", "RunUntilComplete"));

    public static ColdApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new ColdApis(types));

    /// <summary>Whether nothing runs until a value of the type is awaited, as the type or the user says.</summary>
    public bool IsCold(ITypeSymbol type, Options options)
    {
        if (Awaitables.Of(_types).Of(type) == Awaitable.Cold || _awaitables.Contains(type.OriginalDefinition))
        {
            return true;
        }

        foreach (var pattern in options.ColdTypes)
        {
            if (pattern.Matches(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the member runs the coroutine that it is given.</summary>
    public bool Runs(IMethodSymbol? member) =>
        member is not null && _consumers.Of(member.ContainingType, member.Name) is not null;

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
