using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Whether our analyzers get through code without an exception, and without hanging.</summary>
internal static class Robustness
{
    /// <summary>How many mutated sources are tried.</summary>
    public const int MutationCount = 150;

    private const int Seed = 20_261_121;

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly (string Name, CSharpCompilation Compilation)[] References =
    [
        ("all references", Trial.Usual),
        ("the core library alone", Trial.Beside([MetadataReference.CreateFromFile(typeof(object).Assembly.Location)])),
        ("no references", Trial.Beside([])),
    ];

    /// <summary>Every hostile specimen, with all references, with the core library alone, and with none.</summary>
    public static IEnumerable<(string Name, CSharpCompilation Compilation)> HostileCompilations() =>
        from specimen in HostileCode.ByName
        from references in References
        select ($"{specimen.Key}, {references.Name}",
            Trial.Compile([new("Hostile.cs", specimen.Value)], references.Compilation));

    /// <summary>Mutations of the samples, of the pages' examples and of the hostile code.</summary>
    public static IEnumerable<(string Name, CSharpCompilation Compilation)> MutatedCompilations()
    {
        var examples = Repository.Files("docs/rules", "*.md").SelectMany(page => new RulePage(page).Examples())
            .Select(example => new SourceFile($"{example.Page}({example.Line})", example.Code + example.Setup));
        var hostile = HostileCode.ByName.Where(specimen => specimen.Value.Length is > 200 and < 4000)
            .Select(specimen => new SourceFile(specimen.Key, specimen.Value));
        SourceFile[] sources = [.. Repository.Sources("tests/Samples"), .. examples, .. hostile];
        return Mutations.Of(sources, MutationCount, Seed).Select(mutated =>
            (mutated.Path, Trial.Compile([mutated, new("GlobalUsings.cs", Trial.GlobalUsings)])));
    }

    /// <summary>The crashes of analyzers on all of it; runs on any compiler.</summary>
    public static string[] OfAnalyzers() =>
    [
        .. HostileCompilations().Concat(MutatedCompilations())
            .SelectMany(code => Crashes(code.Name, code.Compilation).GetAwaiter().GetResult()),
    ];

    public static async Task<IEnumerable<string>> Crashes(string name, Compilation compilation)
    {
        using var hang = new CancellationTokenSource(Hang);
        try
        {
            var reports = await Trial.Reports(compilation, hang.Token).WaitAsync(hang.Token);
            return reports.Where(Trial.IsCrash).Select(crash => $"{name}: {crash.GetMessage()}");
        }
        catch (OperationCanceledException) when (hang.IsCancellationRequested)
        {
            return [$"{name}: the analyzers hang"];
        }
    }
}
