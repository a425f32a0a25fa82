namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>A member named in configuration: <c>Type.Method</c>, with or without namespace or type.</summary>
internal sealed class MethodPattern
{
    private readonly string[] _parts;

    private MethodPattern(string[] parts) => _parts = parts;

    public static MethodPattern? Parse(string text)
    {
        var parts = text.Split('.');
        foreach (var part in parts)
        {
            if (!SyntaxFacts.IsValidIdentifier(part))
            {
                return null;
            }
        }

        return new(parts);
    }

    public bool Matches(ISymbol member)
    {
        var index = _parts.Length - 1;
        var symbol = member;
        while (symbol.Name == _parts[index])
        {
            if (index-- == 0)
            {
                return true;
            }

            ISymbol? outer = symbol.ContainingType ?? (ISymbol?)symbol.ContainingNamespace;
            if (outer is null or INamespaceSymbol { IsGlobalNamespace: true })
            {
                return false;
            }

            symbol = outer;
        }

        return false;
    }
}
