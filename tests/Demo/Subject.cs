using System;
using System.IO;
using System.Linq;

namespace ScopedTasks.Demo;

/// <summary>Which project or solution a path means.</summary>
public static class Subject
{
    private static readonly string[] Solutions = [".sln", ".slnx", ".slnf"];

    public static string Find(string path)
    {
        if (File.Exists(path))
        {
            return IsSubject(path)
                ? path
                : throw new DemoException($"{path} is neither a C# project (.csproj) nor a solution (.sln, .slnx).");
        }

        if (!Directory.Exists(path))
        {
            throw new DemoException($"There is no {path}.");
        }

        // A solution filter is asked for by name: every solution may have some.
        var candidates = Directory.GetFiles(path).Where(IsSubject).Where(file => !HasExtension(file, ".slnf"))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        return candidates switch
        {
            [{ } only] => Path.Combine(path, only),
            [] => throw new DemoException($"There is no C# project and no solution in {path}."),
            _ => throw new DemoException($"Which one of {path}? Name it: {string.Join(", ", candidates)}."),
        };
    }

    public static bool IsSolution(string path) => Solutions.Any(extension => HasExtension(path, extension));

    private static bool IsSubject(string path) => HasExtension(path, ".csproj") || IsSolution(path);

    private static bool HasExtension(string path, string extension) =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
