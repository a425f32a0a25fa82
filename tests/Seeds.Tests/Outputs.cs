using System.Collections.Generic;
using System.Linq;

namespace ScopedTasks.Seeds.Tests;

/// <summary>Says what the programs print, exactly.</summary>
internal static partial class Outputs
{
    private const string Updates = """
        [1.0] Sending update 1/10.
        [2.0] Sending update 1/5.
        [1.0] Sending update 2/10.
        [3.0] Sending update 1/4.
        [1.0] Sending update 3/10.
        [2.0] Sending update 2/5.
        [1.0] Sending update 4/10.
        [1.0] Sending update 5/10.
        [3.0] Sending update 2/4.
        [2.0] Sending update 3/5.
        [1.0] Sending update 6/10.
        [1.0] Sending update 7/10.
        [2.0] Sending update 4/5.
        [1.0] Sending update 8/10.
        [3.0] Sending update 3/4.
        [1.0] Sending update 9/10.
        [2.0] Sending update 5/5.
        [1.0] Sending update 10/10.
        [3.0] Sending update 4/4.
        12 s
        """;

    /// <summary>By row.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Read(S0, S1, S2, S3, S4);

    /// <summary>What the programs throw that end badly.</summary>
    public static IReadOnlyDictionary<string, string> Failures { get; } = new Dictionary<string, string>
    {
        ["S0-19"] = "There is something wrong with me",
    };

    /// <summary>What a program prints.</summary>
    public static string Of(string id) => All[id];

    private static Dictionary<string, string> Read(params string[] documents) =>
        documents.SelectMany(document => document.Split("=== ").Skip(1))
            .Select(program => program.Split('\n', 2))
            .ToDictionary(program => program[0], program => program[1].TrimEnd('\n'));
}
