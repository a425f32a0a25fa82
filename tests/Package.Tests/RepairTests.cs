using System.IO;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What <c>dotnet format analyzers</c> makes of a project that installed the package.</summary>
[Collection(nameof(Sandbox))]
public sealed class RepairTests(Sandbox sandbox)
{
    [Fact]
    public void The_repaired_projects_compile() => sandbox.Rebuild.Succeeded();

    [Fact]
    public void Nothing_of_ours_is_left_where_the_runtime_is_there() =>
        Assert.DoesNotContain(
            sandbox.Repair.FindingsIn(Clients.Repaired),
            finding => !finding.StartsWith("SCOPE201"));

    [Fact]
    public void The_repair_writes_the_runtime() => Assert.Contains("TaskGroup.", Mail(Clients.Repaired));

    [Fact]
    public void The_repair_writes_the_base_library_where_the_runtime_is_not_there()
    {
        Assert.DoesNotContain("TaskGroup", Mail(Clients.RepairedWithoutRuntime));
        Assert.Contains("await Parallel.ForEachAsync(texts", Mail(Clients.RepairedWithoutRuntime));
    }

    [Fact]
    public void A_mistake_which_the_base_library_cannot_repair_stays_as_it_was()
    {
        Assert.Contains("SCOPE101 warning", sandbox.Repair.FindingsIn(Clients.RepairedWithoutRuntime));
        Assert.Contains("            SendAsync(text);\n", Mail(Clients.RepairedWithoutRuntime));
    }

    [Fact]
    public void No_analyzer_threw() => Assert.DoesNotContain("AD0001", sandbox.Rebuild.Output);

    private string Mail(Client client) =>
        File.ReadAllText(sandbox.Repair.PathOf(client, "Mail.cs")).ReplaceLineEndings("\n");
}
