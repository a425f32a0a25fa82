namespace ScopedTasks.Analyzers.Symbols;

/// <summary>Small questions about one symbol.</summary>
internal static class SymbolExtensions
{
    public static bool Is(this ITypeSymbol? type, ITypeSymbol? other) =>
        type is not null && other is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, other);

    /// <summary>Whether the type is that class, interface or a type derived from it.</summary>
    public static bool IsOrDerivesFrom(this ITypeSymbol? type, ITypeSymbol? ancestor)
    {
        if (type is null || ancestor is null)
        {
            return false;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Is(ancestor))
            {
                return true;
            }
        }

        if (ancestor.TypeKind == TypeKind.Interface)
        {
            foreach (var implemented in type.AllInterfaces)
            {
                if (implemented.Is(ancestor))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether other assemblies can name the member: it and its types are public or protected.</summary>
    public static bool IsVisibleOutside(this ISymbol member)
    {
        for (var current = member; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected
                or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether an attribute of that simple name is there, in whatever namespace: a project may declare its own.
    /// </summary>
    public static bool HasAttribute(this ISymbol symbol, string simpleName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == simpleName)
            {
                return true;
            }
        }

        return false;
    }
}
