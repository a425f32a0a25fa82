using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>The demo does its job on projects and solutions that are not the Shop, and changes none of them.</summary>
public sealed class AnyProjectTests
{
    [Fact]
    public async Task A_strict_solution_is_repaired_whatever_it_says_of_packages_and_warnings()
    {
        using var tree = Repositories.Strict();
        var run = await DemoRun.OnAsync(tree, "repo");
        var result = run.Done();

        string[] files =
        [
            "shared/Shared.cs", "src/App/Folder/Deep.cs", "src/App/Linked.cs", "src/The Library/The Mail.cs",
        ];
        Assert.Equal(files, result.Findings.Select(finding => finding.File));
        Assert.All(result.Findings, finding => Assert.Equal("SCOPE102", finding.Id));
        Assert.Equal(files, result.Changed);
        Assert.Empty(result.Remaining);
        Assert.Equal(
            ["src/App/App.csproj net10.0", "src/The Library/The Library.csproj net10.0",
                "src/The Library/The Library.csproj netstandard2.0"],
            result.Projects.Select(project => $"{project.File} {project.Framework}"));
        Assert.Contains("4 findings, repairs in 4 files; the rebuilt code is silent.", run.Output);
    }

    [Fact]
    public async Task Neighbours_and_files_above_come_along_and_what_cannot_be_repaired_is_left_to_decide()
    {
        using var elsewhere = new Tree(("Anywhere.cs", Repositories.Mistake.Replace("Client", "Anywhere")));
        using var tree = Repositories.Scattered(elsewhere["Anywhere.cs"]);
        var before = elsewhere.Fingerprint();
        var run = await DemoRun.OnAsync(tree, "work/code/main");
        var result = run.Done();

        Assert.Equal(before, elsewhere.Fingerprint());
        Assert.Equal("../../libraries/Sibling/Mail.cs", Assert.Single(result.Changed));
        Assert.Equal(
            ["Anywhere.cs SCOPE102", "Cache.cs SCOPE201"],
            result.Remaining.Select(finding => $"{Path.GetFileName(finding.File)} {finding.Id}").Order());
        Assert.Contains("Anywhere.cs: it is not in the copy", run.Output);
        Assert.Contains("3 findings, repairs in 1 file; 2 are left to decide.", run.Output);
    }

    [Fact]
    public async Task A_project_without_mistakes_is_told_so()
    {
        using var tree = new Tree(("Clean.csproj", Repositories.Project()), ("Clean.cs", Repositories.Clean));
        var run = await DemoRun.OnAsync(tree, "Clean.csproj");

        Assert.Empty(run.Done().Findings);
        Assert.Contains("Nothing was found in 1 project: nothing to repair.", run.Output);
    }

    [Fact]
    public async Task A_repair_that_breaks_the_build_is_a_failure_that_names_the_file()
    {
        using var tree = Repositories.Brittle();
        var run = await DemoRun.OnAsync(tree, "Brittle.csproj");

        run.Refused("After the repair it does not build:", "Other.cs(2,", ": error CS0029");
        Assert.Equal("Mail.cs", Assert.Single(run.Result!.Changed));
    }
}
