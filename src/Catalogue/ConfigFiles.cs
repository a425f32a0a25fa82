using Microsoft.CodeAnalysis.Text;

namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>Finds where in the configuration files an entry stands that cannot be read.</summary>
/// <remarks>
/// The compiler tells analyzers what holds for a file, and not where that was written. The package hands it the
/// configuration files once more, as additional files; without them nothing is found.
/// </remarks>
internal static class ConfigFiles
{
    private static readonly char[] Separators = ['=', ':'];

    /// <summary>The entry in the nearest of the files that hold for a source file; null where none is known.</summary>
    public static Location? Find(
        MalformedOption option,
        string sourcePath,
        ImmutableArray<AdditionalText> files,
        CancellationToken cancellationToken)
    {
        Location? nearest = null;
        var closeness = -1;
        foreach (var file in files)
        {
            if (ClosenessOf(file.Path, sourcePath) is var own
                && own > closeness
                && file.GetText(cancellationToken) is { } text
                && Find(option, file.Path, text) is { } found)
            {
                (nearest, closeness) = (found, own);
            }
        }

        return nearest;
    }

    /// <summary>How near the file is to a source: a global one is far, one of another folder none (-1).</summary>
    private static int ClosenessOf(string path, string sourcePath)
    {
        if (path.EndsWith("globalconfig", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var folder = FolderOf(path);
        return path.EndsWith(".editorconfig", StringComparison.OrdinalIgnoreCase)
            && sourcePath.Replace('\\', '/').StartsWith(folder, StringComparison.OrdinalIgnoreCase)
            ? folder.Length
            : -1;
    }

    private static string FolderOf(string path)
    {
        var unified = path.Replace('\\', '/');
        return unified.Substring(0, unified.LastIndexOf('/') + 1);
    }

    // The last line wins, as it does for the compiler.
    private static Location? Find(MalformedOption option, string path, SourceText text)
    {
        for (var index = text.Lines.Count - 1; index >= 0; index--)
        {
            var line = text.Lines[index];
            var written = line.ToString();
            var end = Math.Max(written.IndexOfAny(Separators), 0);
            if (!string.Equals(written.Substring(0, end).Trim(), option.Key, StringComparison.OrdinalIgnoreCase)
                || written.IndexOf(option.Entry, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var column))
            {
                continue;
            }

            var span = new TextSpan(line.Start + column, option.Entry.Length);
            return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
        }

        return null;
    }
}
