using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>Runs the Shop's right forms once, on the runtime of the sandbox's package.</summary>
public sealed class ShopProofs(Sandbox sandbox) : IAsyncLifetime
{
    internal CommandResult Run { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var shop = sandbox.Folder("shop");
        Copy(new DirectoryInfo(Path.Combine(Feed.Repository, "tests", "Samples", "Shop")), shop);
        var project = Path.Combine(shop, "Shop.csproj");
        var reference = $"""
            <ItemGroup><PackageReference Include="ScopedTasks" Version="{Feed.Version}" /></ItemGroup>
            """;
        var text = await File.ReadAllTextAsync(project);
        await File.WriteAllTextAsync(project, text.Replace("</Project>", $"{reference}</Project>"));
        Run = await Dotnet.RunAsync(shop, "run", "--project", project, "--", "proofs");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.GetFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.GetDirectories().Where(folder => folder.Name is not ("bin" or "obj")))
            Copy(folder, Path.Combine(to, folder.Name));
    }
}
