namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// Decides whether a project's code belongs on a context of its own, which a parallel loop of the framework leaves.
/// </summary>
internal static class CallerContext
{
    private static readonly ImmutableArray<string> Frameworks = ImmutableArray.Create(
        "System.Windows.Application",
        "System.Windows.Forms.Control",
        "Microsoft.AspNetCore.Components.ComponentBase",
        "Microsoft.Maui.Controls.Element",
        "Avalonia.AvaloniaObject",
        "Orleans.Grain",
        "UnityEngine.MonoBehaviour");

    public static bool Matters(Compilation compilation) =>
        Frameworks.Any(framework => compilation.GetTypeByMetadataName(framework) is not null);
}
