using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>Runs the demo once, with the sandbox's package.</summary>
public sealed class ShopDemo(Sandbox sandbox) : IAsyncLifetime
{
    internal CommandResult Run { get; private set; } = null!;

    internal DemoResult Result { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var file = Path.GetTempFileName();
        Run = await Dotnet.RunAsync(
            Feed.Repository,
            "run", "tests/Samples/demo.cs", "--", "--package", sandbox.Package, "--json", file);
        Result = DemoResult.Read(file, Run);
        File.Delete(file);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
