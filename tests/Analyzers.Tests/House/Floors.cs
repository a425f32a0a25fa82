using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Whether every name looks down: no floor knows a higher one, and no rule or fix another.</summary>
internal static class Floors
{
    /// <summary>The floors from below; the code fixes stand on those of the analyzers, except on the rules.</summary>
    private static readonly ImmutableArray<string> Order =
    [
        "src/Catalogue", "src/Symbols", "src/Apis", "src/Operations", "src/Flow", "src/Rules",
        "src.CodeFixes/Building", "src.CodeFixes/Fixes",
    ];

    private static readonly string[] OneFilePerThing = ["src/Rules", "src.CodeFixes/Fixes"];

    /// <summary>The violations in our sources; to be run on the compiler that can read them.</summary>
    public static string[] OfOwnSources()
    {
        var runtime = OwnSources.Runtime();
        var analyzers = OwnSources.Analyzers();
        var fixes = OwnSources.CodeFixes();
        return
        [
            .. new[] { runtime, analyzers, fixes }.SelectMany(OwnSources.Errors),
            .. Violations(analyzers),
            .. Violations(fixes),
        ];
    }

    public static IEnumerable<string> Violations(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var path = tree.FilePath;
            if (path.Count(character => character == '/') > 1 && FloorOf(path) < 0)
            {
                yield return $"{path} stands on no floor";
            }

            var model = compilation.GetSemanticModel(tree);
            var violations = tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(IsReference)
                .SelectMany(name => Targets(model.GetSymbolInfo(name)).Select(target => (name, target)))
                .DistinctBy(reference => (LineOf(reference.name), reference.target));
            foreach (var (name, target) in violations)
            {
                if (Violation(path, target) is { } violation)
                {
                    yield return $"{path}({LineOf(name)}): '{name}' is of {target}: {violation}";
                }
            }
        }
    }

    // Not the name of the own namespace, nor the usings that a whole project shares.
    private static bool IsReference(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<SyntaxNode>(node => node is not NameSyntax) switch
        {
            BaseNamespaceDeclarationSyntax => false,
            UsingDirectiveSyntax { GlobalKeyword.RawKind: not (int)SyntaxKind.None } => false,
            _ => true,
        };

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    // The files that declare what a name means, or the floor that a namespace is.
    private static IEnumerable<string> Targets(SymbolInfo info)
    {
        foreach (var symbol in info.Symbol is { } only ? [only] : info.CandidateSymbols)
        {
            if (symbol is INamespaceSymbol space)
            {
                var name = space.ToDisplayString();
                var floor = Order.FirstOrDefault(floor => name == NamespaceOf(floor));
                if (floor is not null)
                {
                    yield return floor;
                }

                continue;
            }

            var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
            if (type is null)
            {
                continue;
            }

            foreach (var reference in type.OriginalDefinition.DeclaringSyntaxReferences)
            {
                yield return reference.SyntaxTree.FilePath;
            }
        }
    }

    private static string? Violation(string from, string to)
    {
        var (floor, target) = (FloorOf(from), FloorOf(to));
        if (target < 0 || from == to)
        {
            return null;
        }

        if (floor < target)
        {
            return "it looks up";
        }

        if (Order[floor] != Order[target])
        {
            return Order[floor].StartsWith("src.CodeFixes", StringComparison.Ordinal) && Order[target] == "src/Rules"
                ? "a fix knows no rule"
                : null;
        }

        return OneFilePerThing.Contains(Order[target]) && IsInFamily(from, Order[floor]) && IsInFamily(to, Order[floor])
            ? "it looks sideways"
            : null;
    }

    private static int FloorOf(string path) =>
        Order.IndexOf(
            Order.FirstOrDefault(floor => (path + "/").StartsWith(floor + "/", StringComparison.Ordinal)) ?? "");

    // Not the base, which stands in the floor's own folder.
    private static bool IsInFamily(string path, string floor) => path[floor.Length..].Count(c => c == '/') > 1;

    private static string NamespaceOf(string floor) =>
        floor.Replace("src.CodeFixes/", "ScopedTasks.CodeFixes.").Replace("src/", "ScopedTasks.Analyzers.");
}
