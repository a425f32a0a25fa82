using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What one of our source files has that the house forbids, or lacks that it asks for.</summary>
internal static class SourceConventions
{
    private const int LongestLine = 120;

    private static readonly Regex EmptyName = new("(Utils?|Utilities|Helpers|Common|Managers?)$");

    private static readonly Regex Unfinished = new(@"\b(TODO|FIXME|HACK|XXX)\b");

    /// <summary>The violations in all our sources; to be run on the compiler that can read them.</summary>
    public static string[] OfAllSources() =>
    [
        .. Repository.Sources("src", "src.CodeFixes", "runtime", "tests").SelectMany(file => Violations(file)),
    ];

    public static IEnumerable<string> Violations(SourceFile file)
    {
        var root = CSharpSyntaxTree.ParseText(
            file.Text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot();
        return Names(file).Concat(Lines(file, root)).Concat(Trivia(root)).Concat(Namespaces(file, root))
            .Concat(Summaries(file, root))
            .Select(violation => $"{file.Path}{violation}");
    }

    private static IEnumerable<string> Names(SourceFile file) =>
        file.Folders.Append(file.Stem).Where(name => EmptyName.IsMatch(name))
            .Select(name => $": the name '{name}' answers no question");

    private static IEnumerable<string> Lines(SourceFile file, SyntaxNode root)
    {
        var lines = file.Text.Split('\n');
        var quoted = QuotedLines(root);
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Length > LongestLine && IsBreakable(lines[index]) && !quoted.Contains(index))
            {
                yield return $"({index + 1}): the line has {lines[index].Length} characters";
            }

            if (lines[index].EndsWith('\r') || lines[index].EndsWith(' '))
            {
                yield return $"({index + 1}): the line ends with white space";
            }
        }

        if (!file.Text.EndsWith('\n') || file.Text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            yield return ": the file does not end with one new line";
        }

        if (file.Text.StartsWith('\uFEFF'))
        {
            yield return ": the file starts with a byte order mark";
        }
    }

    // Code that a test expects is as long as a fix writes it.
    private static HashSet<int> QuotedLines(SyntaxNode root) =>
    [
        .. root.DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringTextToken)
            .Select(token => root.SyntaxTree.GetLineSpan(token.Span))
            .SelectMany(span => Enumerable.Range(
                span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1)),
    ];

    // A reference in a documentation comment, or a link, is one word however long.
    private static bool IsBreakable(string line) => line.Trim(' ', '/').Contains(' ');

    private static IEnumerable<string> Trivia(SyntaxNode root)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            var found = trivia.Kind() switch
            {
                SyntaxKind.PragmaWarningDirectiveTrivia or SyntaxKind.PragmaChecksumDirectiveTrivia => "#pragma",
                SyntaxKind.RegionDirectiveTrivia => "#region",
                SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                    or SyntaxKind.SingleLineDocumentationCommentTrivia
                    when Unfinished.Match(trivia.ToString()) is { Success: true, Value: var word } => word,
                _ => null,
            };
            if (found is not null)
            {
                yield return $"({LineOf(root, trivia.SpanStart)}): {found}";
            }
        }
    }

    private static IEnumerable<string> Namespaces(SourceFile file, SyntaxNode root)
    {
        if (ExpectedNamespaces(file) is not { Length: > 0 } expected)
        {
            yield break;
        }

        foreach (var declared in root.DescendantNodes(node => node is not BaseTypeDeclarationSyntax)
                     .OfType<BaseNamespaceDeclarationSyntax>())
        {
            if (declared is not FileScopedNamespaceDeclarationSyntax)
            {
                yield return $": the namespace {declared.Name} is not file-scoped";
            }

            if (!expected.Contains(declared.Name.ToString()))
            {
                yield return $": the namespace {declared.Name} is not that of the folder, {expected[^1]}";
            }
        }
    }

    // None: the file follows other names. Polyfills stand where the framework has them, samples are other programs, and
    // the harness has the genuine test library's names.
    private static string[] ExpectedNamespaces(SourceFile file) => file.Folders switch
    {
        ["src"] or ["src.CodeFixes"] => [],
        ["src", .. var below] => [Join("ScopedTasks.Analyzers", below)],
        ["src.CodeFixes", .. var below] => [Join("ScopedTasks.CodeFixes", below)],
        ["runtime", ..] when file.Stem == "Polyfills" => [],
        ["runtime", .. var below] => ["ScopedTasks", Join("ScopedTasks", below)],
        ["tests", "Samples", ..] => [],
        ["tests", "Analyzers.Tests", "Verification", "Testing", ..] => [],
        ["tests", var project, .. var below] => [Join($"ScopedTasks.{project}", below)],
        _ => [],
    };

    private static string Join(string root, string[] folders) => string.Join('.', folders.Prepend(root));

    private static IEnumerable<string> Summaries(SourceFile file, SyntaxNode root)
    {
        var parts = root.DescendantNodes().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Cast<MemberDeclarationSyntax>()
            .Where(type => AsksForSummary(file, type));
        foreach (var type in parts.GroupBy(FullName))
        {
            var summaries = type.Select(SummaryOf).Where(summary => summary is not null).ToArray();
            if (summaries.Length == 0 && !type.Any(part => part.Modifiers.Any(SyntaxKind.PartialKeyword)))
            {
                yield return $": the type {type.Key} has no summary";
            }

            if (summaries.Any(summary => !Regex.IsMatch(summary!, @"[.:](</\w+>)*$")))
            {
                yield return $": the summary of {type.Key} is not a whole sentence";
            }
        }
    }

    // A test class is told by its sentences; types nested in it are its fixtures. Samples are other programs.
    private static bool AsksForSummary(SourceFile file, MemberDeclarationSyntax type) => file.Folders switch
    {
        ["tests", "Samples", ..] => false,
        ["tests", ..] => type.Parent is not TypeDeclarationSyntax
            && !FullName(type).EndsWith("Tests", StringComparison.Ordinal),
        _ => true,
    };

    private static string? SummaryOf(SyntaxNode type)
    {
        var summaries = type.GetLeadingTrivia().Select(trivia => trivia.GetStructure())
            .OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(comment => comment.Content.OfType<XmlElementSyntax>())
            .Where(element => element.StartTag.Name.ToString() == "summary")
            .ToArray();
        return summaries is [var only] ? Regex.Replace(only.Content.ToFullString(), @"\s*///\s*", " ").Trim() : null;
    }

    private static string FullName(SyntaxNode type) =>
        string.Join('.', type.AncestorsAndSelf().Select(NameOf).Where(name => name is not null).Reverse());

    private static string? NameOf(SyntaxNode node) => node switch
    {
        TypeDeclarationSyntax type => type.Identifier.Text + type.TypeParameterList,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text + type.TypeParameterList,
        _ => null,
    };

    private static int LineOf(SyntaxNode root, int position) =>
        root.SyntaxTree.GetText().Lines.IndexOf(position) + 1;
}
