using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>No analyzer and no fix throws or hangs, whatever the code.</summary>
public class RobustnessTests
{
    [Fact]
    public async Task Analyzers_and_fixes_survive_hostile_code() =>
        Verdict.IsClean(await Crashes(Robustness.HostileCompilations()));

    [Fact]
    public async Task Analyzers_and_fixes_survive_mutated_code() =>
        Verdict.IsClean(await Crashes(Robustness.MutatedCompilations()));

    [Fact]
    public void Analyzers_survive_both_on_the_latest_compiler() =>
        Verdict.IsClean(LatestCompiler.Run(Robustness.OfAnalyzers));

    [Fact]
    public void Mutations_are_the_same_for_the_same_seed_and_differ_from_the_source()
    {
        SourceFile[] files = [new("A.cs", "class A { void M() { N(1, 2); } }")];

        var mutated = Mutations.Of(files, 50, seed: 1).ToArray();

        Assert.Equal(mutated, Mutations.Of(files, 50, seed: 1));
        Assert.NotEqual(mutated, Mutations.Of(files, 50, seed: 2));
        Assert.Contains(mutated, file => file.Text.Length < files[0].Text.Length);
        Assert.Contains(mutated, file => file.Text.Length > files[0].Text.Length);
    }

    private static async Task<IEnumerable<string>> Crashes(
        IEnumerable<(string Name, CSharpCompilation Compilation)> sources)
    {
        var crashes = new List<string>();
        foreach (var (name, compilation) in sources)
        {
            crashes.AddRange(await Robustness.Crashes(name, compilation));
            crashes.AddRange(await FixRobustness.Crashes(name, compilation));
        }

        return crashes;
    }
}
