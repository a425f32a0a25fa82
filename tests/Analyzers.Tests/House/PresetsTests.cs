using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ScopedTasks.Analyzers.Catalogue;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Holds the presets to the descriptors, and the package's files to the presets.</summary>
public sealed class PresetsTests
{
    private static readonly string Package = Path.Combine(
        typeof(PresetsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "RepositoryRoot").Value!,
        "src.Package");

    public static TheoryData<string> Modes => [.. Presets.Modes];

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_file_of_a_mode_is_what_the_descriptors_say(string mode)
    {
        var path = Path.Combine(Package, "config", Presets.FileName(mode));
        var expected = Presets.Text(mode, Descriptors.All);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void No_other_file_lies_beside_them() =>
        Assert.Equal(
            Presets.Modes.Select(Presets.FileName).Order(),
            Directory.GetFiles(Path.Combine(Package, "config")).Select(path => Path.GetFileName(path)).Order());

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_targets_know_every_mode_and_name_it_in_the_error(string mode)
    {
        var targets = File.ReadAllText(Path.Combine(Package, "build", "ScopedTasks.targets"));
        Assert.Contains($"'$(_ScopedTasksMode)' == '{mode}'", targets);
        Assert.Matches($@"<Error\s[^>]*use [^""]*\b{mode}\b", targets);
    }

    [Theory]
    [InlineData("Strict", DiagnosticSeverity.Warning, true, "warning")]
    [InlineData("Strict", DiagnosticSeverity.Info, true, "warning")]
    [InlineData("Strict", DiagnosticSeverity.Info, false, "none")]
    [InlineData("All", DiagnosticSeverity.Warning, true, "warning")]
    [InlineData("All", DiagnosticSeverity.Info, true, "warning")]
    [InlineData("All", DiagnosticSeverity.Info, false, "warning")]
    [InlineData("None", DiagnosticSeverity.Warning, true, "none")]
    [InlineData("None", DiagnosticSeverity.Info, false, "none")]
    public void A_mode_sets_a_severity(string mode, DiagnosticSeverity severity, bool enabled, string expected) =>
        Assert.Equal([("SCOPE999", expected)], Settings(mode, Rule(severity, enabled)));

    [Theory]
    [InlineData(DiagnosticSeverity.Warning, true, "warning")]
    [InlineData(DiagnosticSeverity.Info, true, "suggestion")]
    [InlineData(DiagnosticSeverity.Info, false, "none")]
    public void Recommended_names_a_severity_and_sets_none(DiagnosticSeverity severity, bool enabled, string expected)
    {
        var rule = Rule(severity, enabled);
        Assert.Contains($"\n# SCOPE999 declares {expected}\n", Presets.Text("Recommended", [rule]));
        Assert.Empty(Settings("Recommended", rule));
    }

    private static DiagnosticDescriptor Rule(DiagnosticSeverity severity, bool enabled) =>
        new("SCOPE999", "Title", "Message", "Category", severity, enabled);

    private static IEnumerable<(string Id, string Severity)> Settings(string mode, DiagnosticDescriptor rule) =>
        Regex.Matches(
                Presets.Text(mode, [rule]), @"^dotnet_diagnostic\.(\w+)\.severity = (\w+)$", RegexOptions.Multiline)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value));
}
