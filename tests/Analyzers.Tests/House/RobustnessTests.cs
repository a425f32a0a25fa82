using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>No analyzer and no fix throws or hangs, whatever the code.</summary>
public class RobustnessTests
{
    [Fact]
    public async Task Analyzers_and_fixes_survive_hostile_code() =>
        Verdict.IsClean((await FixRobustness.TryAll(Robustness.HostileCompilations())).Crashes);

    [Fact]
    public async Task Analyzers_and_fixes_survive_mutated_code()
    {
        var (offered, crashes) = await FixRobustness.TryAll(Robustness.MutatedCompilations(Robustness.MutationCount));

        Verdict.IsClean(crashes);
        Assert.True(offered > Robustness.MutationCount / 20, $"only {offered} fixes were offered");
    }

    [Fact]
    public void Analyzers_survive_both_on_the_latest_compiler() =>
        Verdict.IsClean(LatestCompiler.Run(Robustness.OfAnalyzers));

    [Fact]
    public void The_code_of_tests_is_found_without_its_marks()
    {
        const string Quotes = "\"\"\"";
        const string Literal = $"{Quotes}\n    class A\n    {{\n        int [|x|];\n    }}\n    {Quotes}";
        const string Tests = $"class T {{ void M() => Reports({Literal}, {Quotes}text{Quotes}); }}";

        var snippet = Assert.Single(TestSnippets.In(new("Rules/T.cs", Tests)));

        Assert.Equal(new SourceFile("T.cs(1)", "class A\n{\n    int x;\n}"), snippet);
    }

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
}
