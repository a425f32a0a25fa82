using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Whether our analyzers get through code without an exception, and without hanging.</summary>
internal static class Robustness
{
    /// <summary>How many mutated sources are tried with rules and fixes.</summary>
    public const int MutationCount = 5_000;

    // The latest compiler has no fixes, and the same rules as the oldest.
    private const int LatestMutationCount = 500;

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

    /// <summary>Mutations of the tests' code, of the samples, of the pages' examples and of the hostile code.</summary>
    public static IEnumerable<(string Name, CSharpCompilation Compilation)> MutatedCompilations(int count)
    {
        var examples = Repository.Files("docs/rules", "*.md").SelectMany(page => new RulePage(page).Examples())
            .Select(example => new SourceFile($"{example.Page}({example.Line})", example.Code + example.Setup));
        var hostile = HostileCode.ByName.Where(specimen => specimen.Value.Length is > 200 and < 4000)
            .Select(specimen => new SourceFile(specimen.Key, specimen.Value));
        SourceFile[] sources = [.. TestSnippets.All(), .. Repository.Sources("tests/Samples"), .. examples, .. hostile];
        return Mutations.Of(sources, count, Seed).Select(mutated =>
            (mutated.Path, Trial.Compile([mutated, new("GlobalUsings.cs", Trial.GlobalUsings)])));
    }

    /// <summary>The crashes of analyzers on all of it; runs on any compiler.</summary>
    public static string[] OfAnalyzers() =>
    [
        .. HostileCompilations().Concat(MutatedCompilations(LatestMutationCount))
            .SelectMany(code => Try(code.Name, code.Compilation).GetAwaiter().GetResult().Crashes),
    ];

    /// <summary>What we and the compiler report, and the analyzers that threw or hung.</summary>
    public static async Task<(ImmutableArray<Diagnostic> Reports, IReadOnlyList<string> Crashes)> Try(
        string name, Compilation compilation)
    {
        using var hang = new CancellationTokenSource(Hang);
        try
        {
            var reports = await Trial.AllReports(compilation, hang.Token).WaitAsync(hang.Token);
            var crashes = reports.Where(Trial.IsCrash).Select(crash => $"{name}: {crash.GetMessage()}");
            return ([.. reports.Where(report => !Trial.IsCrash(report))], [.. crashes]);
        }
        catch (OperationCanceledException) when (hang.IsCancellationRequested)
        {
            return ([], [$"{name}: the analyzers hang"]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What an analyzer throws is a report; this is the compiler itself, which does not survive every mutation.
            return ([], []);
        }
    }
}
