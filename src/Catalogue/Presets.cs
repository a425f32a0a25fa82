using System.Text;

namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>What each value of <c>ScopedTasksMode</c> sets: the text of its global config in the package.</summary>
internal static class Presets
{
    // A severity set by id, even here, beats what an .editorconfig sets for a whole category, and what a rule lowers
    // for a weak case: the default mode therefore names the rules and leaves them as they are declared.
    private const string Default = "Recommended";

    /// <summary>The modes, from the default on, as the build error lists them.</summary>
    public static ImmutableArray<string> Modes { get; } = ImmutableArray.Create(Default, "Strict", "All", "None");

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
            text.Append("\n# ").Append(rule.Title).Append('\n').Append(Line(mode, rule)).Append('\n');
        }

        return text.ToString();
    }

    private static string Line(string mode, DiagnosticDescriptor rule) =>
        mode == Default
            ? $"# {rule.Id} declares {(rule.IsEnabledByDefault ? Name(rule.DefaultSeverity) : "none")}"
            : $"dotnet_diagnostic.{rule.Id}.severity = {Severity(mode, rule)}";

    private static string Severity(string mode, DiagnosticDescriptor rule) => mode switch
    {
        "Strict" when !rule.IsEnabledByDefault => "none",
        "Strict" or "All" when rule.DefaultSeverity < DiagnosticSeverity.Warning => "warning",
        "Strict" or "All" => Name(rule.DefaultSeverity),
        "None" => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode."),
    };

    private static string Name(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Hidden => "silent",
        DiagnosticSeverity.Info => "suggestion",
        DiagnosticSeverity.Warning => "warning",
        _ => "error",
    };
}
