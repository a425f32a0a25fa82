using System.IO;
using System.Linq;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What <c>dotnet format analyzers</c> makes of a project that installed the package.</summary>
[Collection(nameof(Sandbox))]
public sealed class RepairTests(Sandbox sandbox)
{
    public static TheoryData<string> WithRuntime => [Clients.Repaired.Name, Clients.RepairedInOldCSharp.Name];

    [Fact]
    public void The_compiler_has_no_complaint_about_what_was_written() =>
        Assert.DoesNotContain("error CS", sandbox.Rebuild.Output);

    [Theory]
    [MemberData(nameof(WithRuntime))]
    public void Nothing_of_ours_is_left_where_the_runtime_is_there(string name) =>
        Assert.DoesNotContain(
            sandbox.Repair.FindingsIn(Formatted(name)),
            finding => !finding.StartsWith("SCOPE201"));

    [Theory]
    [MemberData(nameof(WithRuntime))]
    public void The_repair_writes_the_runtime(string name)
    {
        Assert.Contains("await TaskGroup.ForEachAsync(texts", Mail(Formatted(name)));
        Assert.Contains("BackgroundTasks.Spawn(ct => SendAsync(text, ct));", Mail(Formatted(name)));
    }

    [Fact]
    public void The_repair_writes_the_base_library_where_the_runtime_is_not_there()
    {
        Assert.DoesNotContain("TaskGroup", Mail(Clients.RepairedWithoutRuntime));
        Assert.Contains("await Parallel.ForEachAsync(texts", Mail(Clients.RepairedWithoutRuntime));
    }

    [Fact]
    public void A_mistake_which_the_base_library_cannot_repair_stays_as_it_was()
    {
        Assert.Contains("            SendAsync(text);\n", Mail(Clients.RepairedWithoutRuntime));
    }

    [Fact]
    public void What_only_a_person_may_choose_stays_as_it_was() =>
        Assert.Equal(
            Sources.Totals.ReplaceLineEndings("\n"),
            File.ReadAllText(sandbox.Repair.PathOf(Clients.Undecided, "Totals.cs")).ReplaceLineEndings("\n"));

    [Fact]
    public void What_the_configuration_has_chosen_is_written()
    {
        var text = File.ReadAllText(sandbox.Repair.PathOf(Clients.Decided, "Totals.cs"));

        Assert.Contains("return 2 * await Sum();", text);
        Assert.Contains("private static async Task<int> Sum() => await LoadAsync();", text);
    }

    [Fact]
    public void A_build_with_warnaserror_stops_at_what_is_left() =>
        Assert.Contains("SCOPE101 error", Workspace.PrintedBy(sandbox.Rebuild, Clients.RepairedWithoutRuntime));

    [Fact]
    public void No_analyzer_threw() => Assert.DoesNotContain("AD0001", sandbox.Rebuild.Output);

    private static Client Formatted(string name) => Clients.Formatted.Single(client => client.Name == name);

    private string Mail(Client client) =>
        File.ReadAllText(sandbox.Repair.PathOf(client, "Mail.cs")).ReplaceLineEndings("\n");
}
