using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>Builds and formats every client with the package.</summary>
public sealed class Sandbox : IAsyncLifetime
{
    private static readonly string[] Rules = ["SCOPE101", "SCOPE102", "SCOPE201", "SCOPE204", "SCOPE401", "SCOPE402"];

    private readonly string root = Directory.CreateTempSubdirectory("ScopedTasks.Package.Tests.").FullName;

    internal string Package { get; private set; } = null!;

    internal string PackageAgain { get; private set; } = null!;

    /// <summary>A folder whose projects get the package from the sandbox.</summary>
    internal string Folder(string name) => Path.Combine(root, name);

    internal Workspace Clients { get; private set; } = null!;

    internal CommandResult Build { get; private set; } = null!;

    internal Workspace Repair { get; private set; } = null!;

    internal CommandResult Rebuild { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Package = await Feed.PackageAsync();
        WriteBuildFiles();
        Clients = new Workspace(Path.Combine(root, "clients"), Tests.Clients.Built);
        Repair = new Workspace(Path.Combine(root, "repair"), Tests.Clients.Formatted);

        // Two at a time.
        await Task.WhenAll(BuildAsync(), RepairAsync());
    }

    public Task DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return Task.CompletedTask;
    }

    private async Task BuildAsync() => Build = await Clients.BuildAsync();

    private async Task RepairAsync()
    {
        (await Repair.RestoreAsync()).Succeeded();
        (await Repair.FormatAsync(["--severity", "info", "--diagnostics", .. Rules])).Succeeded();
        Rebuild = await Repair.BuildAsync("--no-restore", "-warnaserror");
        PackageAgain = await Feed.PackAsync(Path.Combine(root, "again"));
    }

    // The clients' packages lie in the sandbox, so that no cache serves an older package of ours.
    private void WriteBuildFiles()
    {
        var cache = Feed.Metadata("NuGetPackageRoot");
        File.WriteAllText(
            Path.Combine(root, "Directory.Build.props"),
            $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{root}/packages</RestorePackagesPath>
                <RestoreAdditionalProjectSources>{Feed.Folder}</RestoreAdditionalProjectSources>
                <RestoreAdditionalProjectFallbackFolders>{cache}</RestoreAdditionalProjectFallbackFolders>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(
            Path.Combine(root, "Directory.Build.targets"),
            """
            <Project>
              <PropertyGroup>
                <ErrorLog>$(MSBuildProjectDirectory)/log.sarif,version=2.1</ErrorLog>
              </PropertyGroup>
            </Project>
            """);
    }
}

/// <summary>The tests that share the sandbox.</summary>
[CollectionDefinition(nameof(Sandbox))]
public sealed class SandboxCollection : ICollectionFixture<Sandbox>;
