using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>The runtime in a .NET Framework project of the default language version there.</summary>
[Collection(nameof(Sandbox))]
public sealed class OldFrameworkTests(Sandbox sandbox)
{
    [Fact]
    public void It_compiles_and_nothing_is_reported() =>
        Assert.Empty(sandbox.Clients.LoggedIn(Clients.OldFramework));

    [Fact]
    public async Task It_runs()
    {
        // There is no .NET Framework here: today's runtime loads the same assemblies.
        var app = sandbox.Clients.PathOf(Clients.OldFramework, "bin", "Debug", "net472", "OldFramework.exe");
        var settings = Path.ChangeExtension(app, ".runtimeconfig.json");
        await File.WriteAllTextAsync(
            settings,
            """
            {
              "runtimeOptions": {
                "framework": { "name": "Microsoft.NETCore.App", "version": "8.0.0" },
                "rollForward": "Major"
              }
            }
            """);
        var run = await Dotnet.RunAsync(Path.GetDirectoryName(app)!, "exec", "--runtimeconfig", settings, app);
        Assert.Equal(string.Join("\n", OldApp.Output), run.Output.Trim().ReplaceLineEndings("\n"));
        run.Succeeded();
    }
}
