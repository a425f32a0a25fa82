using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Sources as they are while someone types: tokens dropped, doubled, swapped; the file cut off.</summary>
internal static class Mutations
{
    /// <summary>The same mutations for the same seed; each name tells the file and the number.</summary>
    public static IEnumerable<SourceFile> Of(IReadOnlyList<SourceFile> files, int count, int seed)
    {
        var random = new Random(seed);
        for (var number = 0; number < count; number++)
        {
            var file = files[random.Next(files.Count)];
            var tokens = SyntaxFactory.ParseTokens(file.Text).Select(token => token.ToFullString()).ToList();
            for (var changes = random.Next(1, 4); changes > 0 && tokens.Count > 1; changes--)
            {
                Change(tokens, random);
            }

            yield return new($"{file.Path}#{number}", string.Concat(tokens));
        }
    }

    private static void Change(List<string> tokens, Random random)
    {
        var at = random.Next(tokens.Count - 1);
        switch (random.Next(6))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, tokens[at]);
                break;
            case 2:
                (tokens[at], tokens[at + 1]) = (tokens[at + 1], tokens[at]);
                break;
            case 3:
                tokens[at] = tokens[random.Next(tokens.Count)];
                break;
            case 4:
                tokens.RemoveRange(at, Math.Min(random.Next(2, 12), tokens.Count - at));
                break;
            default:
                tokens.RemoveRange(at, tokens.Count - at);
                break;
        }
    }
}
