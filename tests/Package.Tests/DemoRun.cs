using System.IO;
using System.Threading.Tasks;
using ScopedTasks.Demo;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>The demo on a user's project: what it printed and wrote down; that it changed nothing.</summary>
internal sealed record DemoRun(int ExitCode, string Output, DemoResult? Result)
{
    public static async Task<DemoRun> OnAsync(Tree tree, string path)
    {
        var before = tree.Fingerprint();
        using var output = new StringWriter();
        var json = Path.GetTempFileName();
        var exitCode = await Job.RunAsync(
            ["--package", await Feed.PackageAsync(), "--json", json, tree[path]],
            Feed.Repository,
            new Screen(output, colours: false));
        var result = new FileInfo(json).Length > 0
            ? DemoResult.Read(json, new CommandResult(exitCode, output.ToString()))
            : null;
        File.Delete(json);
        Assert.Equal(before, tree.Fingerprint());
        return new DemoRun(exitCode, output.ToString(), result);
    }

    /// <summary>What a run that did its job wrote down.</summary>
    public DemoResult Done()
    {
        Assert.True(ExitCode == 0, Output);
        Assert.NotNull(Result);
        return Result;
    }

    /// <summary>A run that could not do its job says why.</summary>
    public void Refused(params string[] reasons)
    {
        Assert.True(ExitCode == 1, Output);
        Assert.All(reasons, reason => Assert.Contains(reason, Output));
    }
}
