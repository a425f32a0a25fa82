using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One row: a method or constructor that makes a buffer which may have no bound.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name, or <c>.ctor</c>.</param>
/// <param name="Bound">The name of the parameter that bounds it; null where none does.</param>
/// <param name="Advice">What to do instead, as a message says it.</param>
internal sealed record BufferApi(string Type, string Member, string? Bound, string Advice) : IApiRow;

/// <summary>Knows what makes buffers between a producer and a consumer.</summary>
internal sealed class BufferApis
{
    private static readonly ConditionalWeakTable<KnownTypes, BufferApis> ByTypes = new();

    private readonly ApiRows<BufferApi> _rows;

    private BufferApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<BufferApi> Rows { get; } = ImmutableArray.Create(
        new BufferApi("System.Threading.Channels.Channel", "CreateUnbounded", null, "use 'Channel.CreateBounded'"),
        new BufferApi(
            "System.Collections.Concurrent.BlockingCollection`1",
            ".ctor",
            "boundedCapacity",
            "give it a 'boundedCapacity'"));

    public static BufferApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new BufferApis(types));

    public BufferApi? RowOf(IMethodSymbol method) => _rows.Of(method.ContainingType, method.Name);
}
