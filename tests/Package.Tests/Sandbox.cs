using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>Packs the product once into a feed of its own, and builds and formats every client from there.</summary>
public sealed class Sandbox : IAsyncLifetime
{
    /// <summary>A version that no feed and no cache has.</summary>
    internal const string Version = "0.1.0-sandbox";

    private static readonly string[] Rules = ["SCOPE101", "SCOPE102", "SCOPE201", "SCOPE401", "SCOPE402"];

    private readonly string root = Directory.CreateTempSubdirectory("ScopedTasks.Package.Tests.").FullName;

    internal string Repository { get; } = Metadata("RepositoryRoot");

    internal string Package => Path.Combine(root, "feed", $"ScopedTasks.{Version}.nupkg");

    internal string PackageAgain => Path.Combine(root, "again", $"ScopedTasks.{Version}.nupkg");

    internal Workspace Clients { get; private set; } = null!;

    internal CommandResult Build { get; private set; } = null!;

    internal Workspace Repair { get; private set; } = null!;

    internal CommandResult Rebuild { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await PackAsync("feed");
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
        await PackAsync("again");
    }

    // As from a clean clone: nothing that another build left behind is used.
    private async Task PackAsync(string folder) =>
        (await Dotnet.RunAsync(
            Repository,
            "pack",
            "src.Package",
            "-o",
            Path.Combine(root, folder),
            $"-p:ArtifactsPath={Path.Combine(root, folder, "artifacts")}",
            $"-p:Version={Version}")).Succeeded();

    // The clients' packages lie in the sandbox, so that no cache serves an older package of ours.
    private void WriteBuildFiles()
    {
        var cache = Metadata("NuGetPackageRoot");
        File.WriteAllText(
            Path.Combine(root, "Directory.Build.props"),
            $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{root}/packages</RestorePackagesPath>
                <RestoreAdditionalProjectSources>{root}/feed</RestoreAdditionalProjectSources>
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

    private static string Metadata(string key) =>
        typeof(Sandbox).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == key).Value!;
}

/// <summary>The tests that share the sandbox.</summary>
[CollectionDefinition(nameof(Sandbox))]
public sealed class SandboxCollection : ICollectionFixture<Sandbox>;
