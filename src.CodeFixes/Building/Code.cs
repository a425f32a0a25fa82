using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Code written as text with holes: <c>Code.Expression("await $0.ConfigureAwait(false)", task)</c>. Nodes that fill a
/// hole keep their annotations. A type of the runtime, written as <c>::TaskGroup</c>, becomes a name that simplifies
/// and imports itself; one of the framework only simplifies, for code with tasks has its namespaces already.
/// </summary>
internal static class Code
{
    private const string Runtime = "global::ScopedTasks.";
    private const string HolePrefix = "__hole";

    // The kind under which a name tells Roslyn its symbol, as SyntaxGenerator.TypeExpression writes it: imports are
    // found by it.
    private const string SymbolAnnotation = "SymbolId";

    private static readonly Regex RuntimePrefix = new(@"(?<!\w)::");
    private static readonly Regex TypeName = new(
        @"^global::((ScopedTasks|System\.Threading\.Tasks)\.\w+|System\.(Array|Delegate|Exception|TimeSpan"
        + @"|OperationCanceledException|Linq\.Enumerable))$");

    public static ExpressionSyntax Expression(string text, params SyntaxNode[] holes) =>
        Fill(SyntaxFactory.ParseExpression(Prepare(text)), holes);

    /// <summary>A statement; a hole that stands as a statement of its own takes a block's statements.</summary>
    public static StatementSyntax Statement(string text, params SyntaxNode[] holes) =>
        Fill(SyntaxFactory.ParseStatement(Prepare(text)), holes);

    /// <summary>A member on a line of its own.</summary>
    public static MemberDeclarationSyntax Member(string text) =>
        Fill(SyntaxFactory.ParseMemberDeclaration(Prepare(text))!, []);

    public static TypeSyntax Type(string text) => Fill(SyntaxFactory.ParseTypeName(Prepare(text)), []);

    /// <summary>Statements as one hole's filling.</summary>
    public static BlockSyntax Statements(IEnumerable<StatementSyntax> statements) => SyntaxFactory.Block(statements);

    private static string Prepare(string text)
    {
        var prepared = RuntimePrefix.Replace(text, Runtime);
        for (var hole = 0; prepared.Contains("$" + hole); hole++)
        {
            prepared = prepared.Replace("$" + hole, HolePrefix + hole);
        }

        return prepared;
    }

    private static T Fill<T>(T template, SyntaxNode[] holes)
        where T : SyntaxNode
    {
        var named = template.ReplaceNodes(
            template.DescendantNodesAndSelf().Where(IsTypeName),
            (_, node) => node.ToString().StartsWith(Runtime, StringComparison.Ordinal)
                ? Importing(node)
                : node.WithAdditionalAnnotations(Simplifier.Annotation));

        for (var index = 0; index < holes.Length; index++)
        {
            var name = HolePrefix + index;
            while (named.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
                .FirstOrDefault(identifier => identifier.Identifier.ValueText == name) is { } hole)
            {
                named = Fill(named, hole, holes[index]);
            }
        }

        return named.WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static T Fill<T>(T template, IdentifierNameSyntax hole, SyntaxNode filling)
        where T : SyntaxNode =>
        filling switch
        {
            BlockSyntax block when hole.Parent is ExpressionStatementSyntax statement =>
                template.ReplaceNode(statement, block.Statements),
            StatementSyntax single when hole.Parent is ExpressionStatementSyntax statement =>
                template.ReplaceNode(statement, single),
            BlockSyntax block when hole.Parent is LambdaExpressionSyntax lambda =>
                template.ReplaceNode(lambda, lambda.WithBody(block)),
            _ when hole == (SyntaxNode)template => (T)filling,
            _ => template.ReplaceNode(hole, filling.WithTriviaFrom(hole)),
        };

    private static SyntaxNode Importing(SyntaxNode name) =>
        Importing(name, "T:" + name.ToString().Substring("global::".Length));

    /// <summary>The qualified name as one that imports its namespace.</summary>
    public static T Importing<T>(T name, string symbolId)
        where T : SyntaxNode =>
        name.WithAdditionalAnnotations(
            Simplifier.Annotation,
            Simplifier.AddImportsAnnotation,
            new SyntaxAnnotation(SymbolAnnotation, symbolId));

    private static bool IsTypeName(SyntaxNode node) =>
        node is MemberAccessExpressionSyntax or QualifiedNameSyntax && TypeName.IsMatch(node.ToString());
}
