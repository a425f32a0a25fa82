using System.IO;
using System.Threading.Tasks;

namespace ScopedTasks.Demo;

/// <summary>The package in a folder that is its feed.</summary>
public sealed record Package(string Feed, string Version)
{
    /// <summary>A ready package, or else one that is packed here and now.</summary>
    public static async Task<Package> GetAsync(string? ready, string repository, string home, Screen screen)
    {
        var feed = Directory.CreateDirectory(Path.Combine(home, "feed")).FullName;
        if (ready is null)
        {
            var sdk = new Sdk(repository, screen);
            await sdk.RunAsync("pack", "src.Package", "-c", "Release", "-o", feed, "-v", "quiet");
        }
        else if (File.Exists(ready))
        {
            File.Copy(ready, Path.Combine(feed, Path.GetFileName(ready)));
        }

        return Directory.GetFiles(feed, "ScopedTasks.*.nupkg") is [var file]
            ? new Package(feed, Path.GetFileNameWithoutExtension(file)["ScopedTasks.".Length..])
            : throw new DemoException($"There is no package ScopedTasks in {ready ?? feed}.");
    }
}
