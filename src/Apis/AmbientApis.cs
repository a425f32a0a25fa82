using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>
/// One row: a method, or a constructor, whose value is in force for all that runs until it is disposed.
/// </summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name, or <c>.ctor</c>.</param>
/// <param name="Display">How messages name it.</param>
/// <param name="Package">The package or framework reference that declares it; null for the base framework.</param>
internal sealed record AmbientApi(string Type, string Member, string Display, string? Package = null) : IApiRow;

/// <summary>Knows what is in force without being named: work that goes on after its end has lost it.</summary>
internal sealed class AmbientApis
{
    private static readonly ConditionalWeakTable<KnownTypes, AmbientApis> ByTypes = new();

    private readonly ApiRows<AmbientApi> _rows;

    private AmbientApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<AmbientApi> Rows { get; } = ImmutableArray.Create<AmbientApi>(
        new("System.Diagnostics.ActivitySource", "StartActivity", "the activity"),
        new("System.Transactions.TransactionScope", ".ctor", "the transaction"),
        new("Microsoft.Extensions.Logging.ILogger", "BeginScope", "the logger's scope", "Microsoft.AspNetCore.App"),
        new("Microsoft.Extensions.Logging.LoggerExtensions",
            "BeginScope", "the logger's scope", "Microsoft.AspNetCore.App"),
        new("System.Threading.RateLimiting.RateLimiter", "AttemptAcquire", "the permit", "Microsoft.AspNetCore.App"));

    public static AmbientApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new AmbientApis(types));

    public AmbientApi? RowOf(IOperation value) => value switch
    {
        IInvocationOperation call => _rows.Of(call.TargetMethod.ContainingType, call.TargetMethod.Name),
        IObjectCreationOperation creation => _rows.Of(creation.Type as INamedTypeSymbol, ".ctor"),
        _ => null,
    };
}
