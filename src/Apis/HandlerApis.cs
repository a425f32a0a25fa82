using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One row: a method that posts a delegate to a queue whose owner runs it as it runs its handlers.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name.</param>
/// <param name="Package">The package that holds the type; null for the framework.</param>
internal sealed record HandlerApi(string Type, string Member, string? Package = null) : IApiRow;

/// <summary>Knows where a delegate without a result is what is asked for: nobody waits for what is posted.</summary>
internal sealed class HandlerApis
{
    private static readonly ConditionalWeakTable<KnownTypes, HandlerApis> ByTypes = new();

    private static readonly string[] Listeners = ["Listener", "Observer", "Subscriber"];

    private readonly KnownTypes _types;
    private readonly ApiRows<HandlerApi> _rows;

    private HandlerApis(KnownTypes types)
    {
        _types = types;
        _rows = new(types.Compilation, Rows);
    }

    public static ImmutableArray<HandlerApi> Rows { get; } = ImmutableArray.Create<HandlerApi>(
        new("System.Threading.SynchronizationContext", "Post"),
        new("System.Windows.Threading.Dispatcher", "BeginInvoke", "WPF"),
        new("System.Windows.Threading.DispatcherExtensions", "BeginInvoke", "WPF"),
        new("System.Windows.Forms.Control", "BeginInvoke", "Windows Forms"),
        new("Microsoft.UI.Dispatching.DispatcherQueue", "TryEnqueue", "WinUI"),
        new("Microsoft.Maui.ApplicationModel.MainThread", "BeginInvokeOnMainThread", "MAUI"));

    public static HandlerApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new HandlerApis(types));

    /// <summary>Whether the call runs what it is given as a handler.</summary>
    public bool Posts(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (_rows.Of(type, method.Name) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the type is, by its name, one of many that are told of the same.</summary>
    public static bool LooksLikeListener(ITypeSymbol? type) =>
        type is { Name: var name } && Listeners.Any(word => name.EndsWith(word, StringComparison.Ordinal));

    /// <summary>Whether an object of the type runs what it is made with when a user asks for it: a command.</summary>
    public bool IsCommand(ITypeSymbol? type) => type.IsOrDerivesFrom(_types.Command);
}
