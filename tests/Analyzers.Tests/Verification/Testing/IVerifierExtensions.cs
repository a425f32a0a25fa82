using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Shows two texts that should be equal as a line by line difference.</summary>
public static class IVerifierExtensions
{
    public static void EqualOrDiff(this IVerifier verifier, string expected, string actual, string? message = null)
    {
        if (expected == actual)
            return;

        var title = message ?? "Actual and expected values differ. Expected shown in baseline of diff:";
        var lines = Difference(expected.Split('\n'), actual.Split('\n')).Select(line => line.Replace("\r", "<CR>"));
        verifier.Fail(string.Join(Environment.NewLine, lines.Prepend(title)));
    }

    private static List<string> Difference(string[] expected, string[] actual)
    {
        var common = CommonLines(expected, actual);
        var result = new List<string>();
        var (i, j) = (0, 0);
        while (i < expected.Length && j < actual.Length)
        {
            if (expected[i] == actual[j])
            {
                result.Add(" " + expected[i++]);
                j++;
            }
            else
            {
                result.Add(common[i + 1, j] >= common[i, j + 1] ? "-" + expected[i++] : "+" + actual[j++]);
            }
        }

        result.AddRange(expected.Skip(i).Select(line => "-" + line));
        result.AddRange(actual.Skip(j).Select(line => "+" + line));
        return result;
    }

    private static int[,] CommonLines(string[] expected, string[] actual)
    {
        var common = new int[expected.Length + 1, actual.Length + 1];
        for (var i = expected.Length - 1; i >= 0; i--)
        {
            for (var j = actual.Length - 1; j >= 0; j--)
            {
                common[i, j] = expected[i] == actual[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
