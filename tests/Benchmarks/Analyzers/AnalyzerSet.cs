using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.Diagnostics;
using ScopedTasks.Analyzers.Rules.LostTasks;

namespace ScopedTasks.Benchmarks.Analyzers;

/// <summary>All analyzers of a package.</summary>
internal sealed record AnalyzerSet(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)
{
    private static readonly string s_packages = typeof(AnalyzerSet).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "NuGetPackageRoot").Value!;

    /// <summary>The ones that this repository makes.</summary>
    public static AnalyzerSet Ours { get; } = new("ScopedTasks", In(typeof(DroppedTaskAnalyzer).Assembly));

    /// <summary>The peer that the gate names.</summary>
    public static AnalyzerSet Threading { get; } = Packed(
        "Microsoft.VisualStudio.Threading.Analyzers",
        "18.12.1",
        "analyzers/cs/Microsoft.VisualStudio.Threading.Analyzers.CSharp.dll");

    /// <summary>The peer with the fewest rules.</summary>
    public static AnalyzerSet AsyncFixer { get; } = Packed("AsyncFixer", "2.1.0", "analyzers/dotnet/cs/AsyncFixer.dll");

    private static AnalyzerSet Packed(string name, string version, string file)
    {
        var folder = Path.Combine(s_packages, name.ToLowerInvariant(), version);
        return new($"{name} {version}", In(Assembly.LoadFrom(Path.Combine(folder, file))));
    }

    private static ImmutableArray<DiagnosticAnalyzer> In(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];
}
