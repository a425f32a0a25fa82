using System.Collections.Generic;

namespace ScopedTasks.Demo;

/// <summary>What the caller wants.</summary>
public sealed record Arguments(string? Path, string? Package, string? Json, bool Keep)
{
    public static Arguments Parse(IEnumerable<string> args)
    {
        var wanted = new Arguments(Path: null, Package: null, Json: null, Keep: false);
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var argument))
        {
            wanted = argument switch
            {
                "--keep" => wanted with { Keep = true },
                "--package" => wanted with { Package = Value(rest, argument) },
                "--json" => wanted with { Json = Value(rest, argument) },
                ['-', ..] => throw new DemoException($"No such option: {argument} (--package, --json, --keep)."),
                _ when wanted.Path is null => wanted with { Path = System.IO.Path.GetFullPath(argument) },
                _ => throw new DemoException($"One project or solution at a time: {wanted.Path}, or {argument}?"),
            };
        }

        return wanted;
    }

    private static string Value(Queue<string> rest, string option) => rest.TryDequeue(out var value)
        ? System.IO.Path.GetFullPath(value)
        : throw new DemoException($"{option} needs a value.");
}
