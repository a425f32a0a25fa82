using System;
using System.IO;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Finds the files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The path of a file, by its parts from the root on.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "runtime", "ScopedTasks.csproj")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No repository above.");
        return folder;
    }
}
