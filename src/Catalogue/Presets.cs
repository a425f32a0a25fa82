using System.Text;

namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>
/// What each value of <c>ScopedTasksMode</c> sets: the text of the global config that the package adds.
/// </summary>
internal static class Presets
{
    /// <summary>
    /// The tag of a rule that lowers its weak cases per report: Recommended leaves its severity alone.
    /// </summary>
    public const string LoweredPerReport = nameof(LoweredPerReport);

    /// <summary>The modes, from the default on; what the build error lists.</summary>
    public static ImmutableArray<string> Modes { get; } = ImmutableArray.Create("Recommended", "Strict", "All", "None");

    /// <summary>The name of a mode's file: lower case, since file systems differ about case.</summary>
    public static string FileName(string mode) => $"scopedtasks-{mode.ToLowerInvariant()}.globalconfig";

    /// <summary>The text of a mode's file.</summary>
    public static string Text(string mode, IEnumerable<DiagnosticDescriptor> rules)
    {
        var text = new StringBuilder()
            .Append("# Generated from src/Catalogue/Descriptors.cs; an .editorconfig has the last word.\n")
            .Append("is_global = true\n")
            .Append("global_level = -99\n");
        foreach (var rule in rules.OrderBy(rule => rule.Id, StringComparer.Ordinal))
        {
            text.Append("\n# ").Append(rule.Title).Append('\n')
                .Append(Setting(rule, Severity(mode, rule))).Append('\n');
        }

        return text.ToString();
    }

    private static string Setting(DiagnosticDescriptor rule, string? severity) =>
        severity is null
            ? $"# {rule.Id} decides case by case"
            : $"dotnet_diagnostic.{rule.Id}.severity = {severity}";

    private static string? Severity(string mode, DiagnosticDescriptor rule) => mode switch
    {
        "Recommended" when !rule.IsEnabledByDefault => "none",
        "Recommended" when rule.CustomTags.Contains(LoweredPerReport) => null,
        "Recommended" => Name(rule.DefaultSeverity),
        "Strict" when !rule.IsEnabledByDefault => "none",
        "Strict" or "All" => Name(Higher(rule.DefaultSeverity, DiagnosticSeverity.Warning)),
        "None" => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode."),
    };

    private static DiagnosticSeverity Higher(DiagnosticSeverity left, DiagnosticSeverity right) =>
        left > right ? left : right;

    private static string Name(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Hidden => "silent",
        DiagnosticSeverity.Info => "suggestion",
        DiagnosticSeverity.Warning => "warning",
        _ => "error",
    };
}
