using System;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Which name and folders a document has whose file lies at a path.</summary>
internal static class DocumentPath
{
    public static (string Name, string[] Folders) Split(string defaultPrefix, string path)
    {
        var root = defaultPrefix[..(defaultPrefix.LastIndexOf('/') + 1)];
        if (!path.StartsWith(root, StringComparison.Ordinal))
            return (path.StartsWith('/') ? path : path[(path.LastIndexOf('/') + 1)..], []);

        var parts = path[root.Length..].Split('/');
        return (parts[^1], parts[..^1]);
    }
}
