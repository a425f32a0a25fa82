using System.Collections.Immutable;
using System.IO;
using System.Text.Json;
using ScopedTasks.Demo;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What the demo found, changed and saw, as it wrote it down.</summary>
internal sealed record DemoResult(
    ImmutableArray<Finding> Findings,
    ImmutableArray<Finding> Remaining,
    ImmutableArray<string> Changed,
    ImmutableArray<InstalledProject> Projects,
    ImmutableArray<Mistake> Mistakes)
{
    public static DemoResult Read(string file, CommandResult demo)
    {
        var text = File.ReadAllText(file);
        Assert.True(text.Length > 0, demo.Output);
        return JsonSerializer.Deserialize<DemoResult>(text, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One line of the demo's table.</summary>
internal sealed record Finding(string Id, string Severity, string File, int Line);

/// <summary>A mistake of the Shop: where it is, what was reported there, and what it did before and after.</summary>
internal sealed record Mistake(
    string Name, string File, ImmutableArray<string> Ids, Observation Before, Observation After);

/// <summary>What a scenario of the Shop saw.</summary>
internal sealed record Observation(bool Healthy, string Fact);
