using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace ScopedTasks.Package.Tests;

/// <summary>Files in a folder of their own, as a user has them.</summary>
internal sealed class Tree : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("ScopedTasks.Package.Tests.");

    public Tree(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
            File.WriteAllText(this[path], text);
        }
    }

    public string this[string path] => Path.Combine(root.FullName, path);

    /// <summary>What is in every file, when it was written, and where every link leads.</summary>
    public IReadOnlyList<string> Fingerprint() =>
    [
        .. Entries(root).Select(entry =>
            $"{entry.FullName} {entry.LastWriteTimeUtc:O} {entry.LinkTarget} {Hash(entry)}"),
    ];

    public void Dispose() => root.Delete(recursive: true);

    private static IEnumerable<FileSystemInfo> Entries(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .SelectMany(entry => entry is DirectoryInfo { LinkTarget: null } below
                ? Entries(below).Prepend(entry)
                : [entry]);

    private static string Hash(FileSystemInfo entry) => entry is FileInfo { Exists: true }
        ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry.FullName)))
        : "";
}
