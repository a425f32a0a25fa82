namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>
/// A member or type named in configuration: <c>Type.Method</c>, with or without namespace or type; <c>*</c> stands for
/// any letters of a name.
/// </summary>
internal sealed class MethodPattern
{
    private const char Wildcard = '*';

    private readonly string[] _parts;

    private MethodPattern(string[] parts) => _parts = parts;

    public static MethodPattern? Parse(string text)
    {
        var parts = text.Split('.');
        foreach (var part in parts)
        {
            if (part.Length == 0 || !SyntaxFacts.IsValidIdentifier("_" + part.Replace(Wildcard, '_')))
            {
                return null;
            }
        }

        return SyntaxFacts.IsIdentifierStartCharacter(text[0]) || text[0] == Wildcard ? new(parts) : null;
    }

    public bool Matches(ISymbol member)
    {
        var index = _parts.Length - 1;
        var symbol = member;
        while (Matches(symbol.Name, _parts[index]))
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

    private static bool Matches(string name, string part) =>
        part.IndexOf(Wildcard) < 0 ? name == part : Matches(name, 0, part, 0);

    private static bool Matches(string name, int from, string part, int at)
    {
        for (; at < part.Length; at++, from++)
        {
            if (part[at] == Wildcard)
            {
                for (var rest = from; rest <= name.Length; rest++)
                {
                    if (Matches(name, rest, part, at + 1))
                    {
                        return true;
                    }
                }

                return false;
            }

            if (from == name.Length || name[from] != part[at])
            {
                return false;
            }
        }

        return from == name.Length;
    }
}
