using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Tests.Verification;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The code that the tests of rules and fixes are about, read from their string literals.</summary>
internal static class TestSnippets
{
    private static readonly string[] Folders = ["tests/Analyzers.Tests/Rules", "tests/Analyzers.Tests/Fixes"];

    /// <summary>The literals that declare a type and so are sources by themselves, without their marks.</summary>
    public static IEnumerable<SourceFile> All() => Repository.Sources(Folders).SelectMany(In);

    public static IEnumerable<SourceFile> In(SourceFile tests) =>
        from token in CSharpSyntaxTree.ParseText(tests.Text).GetRoot().DescendantTokens()
        where IsLiteral(token) && DeclaresType(token.ValueText)
        let line = token.GetLocation().GetLineSpan().StartLinePosition.Line + 1
        select new SourceFile($"{tests.Name}({line})", Markup.Stripped(token.ValueText));

    private static bool IsLiteral(SyntaxToken token) => token.Kind()
        is SyntaxKind.StringLiteralToken
        or SyntaxKind.SingleLineRawStringLiteralToken
        or SyntaxKind.MultiLineRawStringLiteralToken;

    private static bool DeclaresType(string text) =>
        text.Contains("class ", StringComparison.Ordinal) && text.Contains('{', StringComparison.Ordinal);
}
