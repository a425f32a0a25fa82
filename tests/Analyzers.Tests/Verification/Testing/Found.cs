using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A reported diagnostic, its project, and whether a compilation-end action reported it.</summary>
internal sealed record Found(Project Project, Diagnostic Diagnostic, bool IsNonLocal)
{
    // Both are internal to Roslyn, in all versions.
    private static readonly PropertyInfo Arguments = Internal("Arguments");
    private static readonly PropertyInfo ProgrammaticSuppression = Internal("ProgrammaticSuppressionInfo");

    public string Id => Diagnostic.Id;

    public FileLinePositionSpan Place => Diagnostic.Location.GetLineSpan();

    public static IEnumerable<string> ArgumentsOf(Diagnostic diagnostic) =>
        Arguments.GetValue(diagnostic) is IEnumerable<object?> arguments
            ? arguments.Select(argument => argument?.ToString() ?? "")
            : [];

    /// <summary>Whether a pragma or an attribute silences it; what a suppressor silences counts.</summary>
    public static bool IsSilenced(Diagnostic diagnostic) =>
        diagnostic.IsSuppressed && ProgrammaticSuppression.GetValue(diagnostic) is null;

    public static List<Found> Sorted(IEnumerable<Found> found) =>
    [
        .. found
            .OrderBy(one => one.Place.Path, StringComparer.Ordinal)
            .ThenBy(one => one.Diagnostic.Location.SourceSpan.Start)
            .ThenBy(one => one.Diagnostic.Location.SourceSpan.End)
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .ThenBy(one => string.Join("\0", ArgumentsOf(one.Diagnostic)), StringComparer.Ordinal),
    ];

    public static bool AreSame(IReadOnlyList<Found> one, IReadOnlyList<Found> other) =>
        one.Select(Key).SequenceEqual(other.Select(Key));

    private static PropertyInfo Internal(string name) =>
        typeof(Diagnostic).GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static (ProjectId, string, Text.TextSpan) Key(Found found) =>
        (found.Project.Id, found.Id, found.Diagnostic.Location.SourceSpan);
}
