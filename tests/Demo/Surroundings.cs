using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ScopedTasks.Demo;

/// <summary>Which folder has to be copied so that a project or solution builds there as it did.</summary>
public static class Surroundings
{
    /// <summary>What MSBuild, NuGet and the compiler look for in every folder above a project.</summary>
    private static readonly string[] Inherited =
    [
        "Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props",
        "global.json", "nuget.config", ".editorconfig", ".globalconfig",
    ];

    private static readonly string[] Followed =
        [".csproj", ".fsproj", ".vbproj", ".shproj", ".projitems", ".props", ".targets", ".sln", ".slnx", ".slnf"];

    private static readonly Regex Quoted = new("\"([^\"<>|\r\n]+)\"");

    private static readonly Regex ThisFolder = new(@"\$\((MSBuildThisFileDirectory|MSBuildProjectDirectory)\)[/]?");

    /// <summary>The repository of the file; without one, what holds all files that are named from there.</summary>
    public static string RootOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var root = RepositoryOf(folder) ?? folder;
        foreach (var named in Reachable(file))
        {
            root = Common(root, Path.GetDirectoryName(named)!);
        }

        return IsTooWide(root)
            ? throw new DemoException($"{file} uses files from all over {root}: too much to copy.")
            : root;
    }

    /// <summary>The files above a folder that a build in it reads.</summary>
    public static IEnumerable<string> InheritedBy(string root) =>
        Above(root).SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => Inherited.Contains(file.Name, StringComparer.OrdinalIgnoreCase))
            .Select(file => file.FullName));

    private static IEnumerable<string> Above(string folder)
    {
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            yield return above;
        }
    }

    private static string? RepositoryOf(string folder) => Above(folder).Prepend(folder)
        .FirstOrDefault(candidate => Path.Exists(Path.Combine(candidate, ".git")) && !IsSubmodule(candidate));

    // A submodule builds with the files of the repository around it.
    private static bool IsSubmodule(string folder) =>
        Path.Combine(folder, ".git") is var link && File.Exists(link)
        && File.ReadAllText(link).Replace('\\', '/').Contains("/modules/", StringComparison.Ordinal);

    private static HashSet<string> Reachable(string file)
    {
        var seen = new HashSet<string> { file };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var next))
        {
            foreach (var named in NamedIn(next).Where(seen.Add))
            {
                open.Enqueue(named);
            }
        }

        return seen;
    }

    // Read as text, not evaluated: a path that only a condition or a property gives is found when the build misses it.
    private static IEnumerable<string> NamedIn(string file)
    {
        if (!File.Exists(file) || !Followed.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        {
            return [];
        }

        var folder = Path.GetDirectoryName(file)!;
        return Quoted.Matches(File.ReadAllText(file))
            .SelectMany(match => match.Groups[1].Value.Split(';'))
            .Select(name => ThisFolder.Replace(name.Trim().Replace(@"\\", "/").Replace('\\', '/'), "./"))
            .Where(name => name.Length > 0 && !name.Contains('$') && !Path.IsPathRooted(name))
            .Select(name => Path.GetFullPath(name.Split('*')[0], folder))
            .Where(Path.Exists);
    }

    private static string Common(string left, string right)
    {
        while (Path.GetRelativePath(left, right).Split('/', '\\')[0] == "..")
        {
            left = Path.GetDirectoryName(left)!;
        }

        return left;
    }

    private static bool IsTooWide(string folder) => Path.GetDirectoryName(folder) is null
        || folder == Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
        || folder == Path.TrimEndingDirectorySeparator(Path.GetTempPath());
}
