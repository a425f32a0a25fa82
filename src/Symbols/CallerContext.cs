namespace ScopedTasks.Analyzers.Symbols;

/// <summary>
/// Decides whether a project's code belongs on a context of its own, which a parallel loop of the framework leaves.
/// </summary>
internal static class CallerContext
{
    private static readonly ImmutableArray<string> Interfaces = ImmutableArray.Create(
        "System.Windows.Application",
        "System.Windows.Forms.Control",
        "Microsoft.UI.Xaml.Application",
        "Windows.UI.Xaml.Application",
        "Microsoft.Maui.Controls.Element",
        "Avalonia.AvaloniaObject");

    private static readonly ImmutableArray<string> Frameworks = Interfaces.AddRange(ImmutableArray.Create(
        "Microsoft.AspNetCore.Components.ComponentBase",
        "Orleans.Grain",
        "UnityEngine.MonoBehaviour"));

    public static bool Matters(Compilation compilation) => Sees(compilation, Frameworks);

    /// <summary>Whether one thread of the project's draws its user interface.</summary>
    public static bool IsInterface(Compilation compilation) => Sees(compilation, Interfaces);

    /// <summary>Whether the type is a component, grain or behaviour, whose code runs on a context of its own.</summary>
    public static bool IsLeftBy(INamedTypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "ComponentBase" or "Grain" or "MonoBehaviour")
            {
                return true;
            }
        }

        return false;
    }

    private static bool Sees(Compilation compilation, ImmutableArray<string> types) =>
        types.Any(type => compilation.GetBestTypeByMetadataName(type) is not null);
}
