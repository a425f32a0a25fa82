using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Where the repository's files are, and which of them were written by hand.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["artifacts", "bin", "obj", ".git"];

    public static string Root { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary>The folder of the SDK's own compiler.</summary>
    public static string Compiler { get; } = Metadata("Compiler");

    /// <summary>The folder into which restore downloads packages.</summary>
    public static string Packages { get; } = Metadata("NuGetPackageRoot");

    /// <summary>The SDK's folder of reference packs.</summary>
    public static string Packs { get; } = Metadata("Packs");

    /// <summary>The version of Roslyn that the test project names.</summary>
    public static string Roslyn { get; } = Metadata("RoslynVersion");

    /// <summary>Where the build puts a project's assembly, for the package and for tests.</summary>
    public static string BuiltAssembly(string name) => Metadata("Built").Replace("*", name);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static bool Has(string relative) => File.Exists(PathOf(relative));

    /// <summary>Whether a file or folder of that path is there.</summary>
    public static bool Exists(string relative) => Has(relative) || Directory.Exists(PathOf(relative));

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>
    /// The files below a folder by name pattern, their paths relative to the root, with '/' and in order.
    /// </summary>
    public static IReadOnlyList<SourceFile> Files(string folder, string pattern) =>
    [
        .. Directory.Exists(PathOf(folder)) ? Below(new DirectoryInfo(PathOf(folder)), pattern) : [],
    ];

    /// <summary>Every C# file below the folders.</summary>
    public static IReadOnlyList<SourceFile> Sources(params string[] folders) =>
        [.. folders.SelectMany(folder => Files(folder, "*.cs"))];

    private static IEnumerable<SourceFile> Below(DirectoryInfo folder, string pattern)
    {
        var own = folder.EnumerateFiles(pattern).OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new SourceFile(Relative(file.FullName), File.ReadAllText(file.FullName)));
        var nested = folder.EnumerateDirectories().Where(child => !Generated.Contains(child.Name))
            .OrderBy(child => child.Name, StringComparer.Ordinal)
            .SelectMany(child => Below(child, pattern));
        return own.Concat(nested);
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == key).Value!;
}

/// <summary>One file: its path from the repository's root, with '/', and its text.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The name without its extension.</summary>
    public string Stem => Name[..Name.LastIndexOf('.')];

    /// <summary>The folders that the file is in, below the root.</summary>
    public string[] Folders => Path.Split('/')[..^1];
}
