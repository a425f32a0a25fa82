using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ScopedTasks.Demo;

/// <summary>A copy of a project or solution with all that its build reads; the original is only read.</summary>
public sealed class Copy
{
    private static readonly string[] NeverCopied = [".git", ".vs", ".idea", "node_modules", "TestResults"];

    private readonly SortedSet<string> _sources = new(StringComparer.Ordinal);

    /// <param name="original">The file of the project or solution.</param>
    /// <param name="home">An empty folder.</param>
    public Copy(string original, string home)
    {
        var root = Surroundings.RootOf(original);
        var inherited = Surroundings.InheritedBy(root).ToList();
        var top = inherited.Select(file => Path.GetDirectoryName(file)!).Append(root).MinBy(folder => folder.Length)!;
        var name = Path.GetFileName(top) is { Length: > 0 } own ? own : "root";
        Top = Path.Combine(home, name);
        Root = Path.GetFullPath(Path.Combine(Top, Path.GetRelativePath(top, root)));
        Subject = Path.Combine(Root, Path.GetRelativePath(root, original));
        try
        {
            CopyFolder(new DirectoryInfo(root), Root, [Resolve(new DirectoryInfo(root))]);
            foreach (var file in inherited)
            {
                CopyFile(new FileInfo(file), Path.Combine(Top, Path.GetRelativePath(top, file)));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DemoException($"{root} cannot be copied: {failure.Message}");
        }
    }

    /// <summary>The copied project or solution.</summary>
    public string Subject { get; }

    public string Name => Path.GetFileName(Subject);

    /// <summary>Where it is; files are named from there.</summary>
    public string Folder => Path.GetDirectoryName(Subject)!;

    /// <summary>Nothing outside of it is ever changed.</summary>
    public string Root { get; }

    /// <summary>The root, or the highest folder above it that has files which a build in it reads.</summary>
    public string Top { get; }

    public int Files { get; private set; }

    /// <summary>Whether a file, by its name, is a copied one.</summary>
    public bool Contains(string name) => Path.GetRelativePath(Root, Path.Combine(Folder, name)) is var path
        && path.Split('/', '\\')[0] != ".." && !Path.IsPathRooted(path);

    /// <summary>The text of every C# file by its name.</summary>
    public SortedDictionary<string, string> Read() => new(
        _sources.Where(File.Exists).ToDictionary(NameOf, File.ReadAllText), StringComparer.Ordinal);

    public string NameOf(string file) => Path.GetRelativePath(Folder, file).Replace('\\', '/');

    // Links are followed, so that a link to elsewhere is no way to change what it points to.
    private void CopyFolder(DirectoryInfo from, string to, string[] entered)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            CopyFile(file, Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => !IsOutput(folder)))
        {
            var target = Resolve(folder);
            if (Directory.Exists(target) && !entered.Contains(target))
            {
                CopyFolder(folder, Path.Combine(to, folder.Name), [.. entered, target]);
            }
        }
    }

    private void CopyFile(FileInfo file, string to)
    {
        if (file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: false })
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        file.CopyTo(to).IsReadOnly = false;
        Files++;
        if (file.Extension.Equals(".cs", StringComparison.OrdinalIgnoreCase))
        {
            _sources.Add(to);
        }
    }

    private static string Resolve(DirectoryInfo folder) =>
        folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;

    // A folder called bin or artifacts may be anything; beside a project, or with obj in it, it is what builds leave.
    private static bool IsOutput(DirectoryInfo folder) => folder.Name switch
    {
        "bin" or "obj" => folder.Parent!.EnumerateFiles("*.*proj").Any(),
        "artifacts" => Directory.Exists(Path.Combine(folder.FullName, "obj")),
        var name => NeverCopied.Contains(name),
    };
}
