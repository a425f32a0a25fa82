using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace ScopedTasks.Package.Tests;

/// <summary>The product, packed once for all tests, in a folder that is a feed.</summary>
internal static class Feed
{
    /// <summary>A version that no other feed and no cache has.</summary>
    public const string Version = "0.1.0-sandbox";

    private static readonly string Root = Directory.CreateTempSubdirectory("ScopedTasks.Package.Tests.").FullName;

    private static readonly Lazy<Task<string>> Packed = new(() => PackAsync(Folder));

    static Feed() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Root, recursive: true);

    public static string Repository { get; } = Metadata("RepositoryRoot");

    public static string Folder => Path.Combine(Root, "feed");

    /// <summary>The package's file.</summary>
    public static Task<string> PackageAsync() => Packed.Value;

    /// <summary>Packs into a folder as from a clean clone: nothing that another build left behind is used.</summary>
    public static async Task<string> PackAsync(string folder)
    {
        var pack = await Dotnet.RunAsync(
            Repository,
            "pack",
            "src.Package",
            "-o",
            folder,
            $"-p:ArtifactsPath={Path.Combine(folder, "artifacts")}",
            $"-p:Version={Version}");
        pack.Succeeded();
        return Path.Combine(folder, $"ScopedTasks.{Version}.nupkg");
    }

    public static string Metadata(string key) =>
        typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == key).Value!;
}
