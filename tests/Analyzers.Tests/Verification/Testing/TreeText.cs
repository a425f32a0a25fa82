using System;
using System.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Writes a syntax tree down, node by node, so that two trees of the same text can be compared.</summary>
internal sealed class TreeText(Type syntaxKindType, bool withTrivia)
{
    private readonly StringBuilder _text = new();

    public static string Of(SyntaxNode root, Type syntaxKindType, bool withTrivia)
    {
        var writer = new TreeText(syntaxKindType, withTrivia);
        writer.Write(root, 0);
        return writer._text.ToString();
    }

    private void Write(SyntaxNodeOrToken item, int depth)
    {
        if (item.AsNode() is { } node)
        {
            Line(depth, $"Node({Kind(node.RawKind)}):");
            foreach (var child in node.ChildNodesAndTokens())
                Write(child, depth + 1);

            return;
        }

        var token = item.AsToken();
        var value = token.ValueText == token.Text ? "" : $" = {token.ValueText}";
        Line(depth, $"Token({Kind(token.RawKind)}): {token.Text}{value}{(token.IsMissing ? " (missing)" : "")}");
        if (withTrivia)
        {
            Write("Leading", token.LeadingTrivia, depth + 1);
            Write("Trailing", token.TrailingTrivia, depth + 1);
        }
    }

    private void Write(string side, SyntaxTriviaList trivia, int depth)
    {
        foreach (var item in trivia)
        {
            Line(depth, $"{side}({Kind(item.RawKind)}): {item}");
            if (item.GetStructure() is { } structure)
                Write(structure, depth + 1);
        }
    }

    private void Line(int depth, string text) =>
        _text.Append(' ', depth * 2).Append(text.Replace("\r", "<CR>").Replace("\n", "<LF>")).Append('\n');

    private string Kind(int rawKind) => Enum.ToObject(syntaxKindType, (ushort)rawKind).ToString()!;
}
