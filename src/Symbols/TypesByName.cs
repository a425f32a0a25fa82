using System.Globalization;

namespace ScopedTasks.Analyzers.Symbols;

/// <summary>Finds the type that a metadata name means in a compilation.</summary>
internal static class TypesByName
{
    /// <summary>The type of that name which this compilation would bind to: its own before a referenced one.</summary>
    /// <remarks>
    /// <see cref="Compilation.GetTypeByMetadataName"/> answers null when two references define the type; here an
    /// accessible one wins, and two accessible ones are none. It also asks every reference, which costs most for the
    /// many types that a compilation does not have; here a namespace that nobody declares answers at once.
    /// </remarks>
    public static INamedTypeSymbol? GetBestTypeByMetadataName(this Compilation compilation, string name)
    {
        INamespaceSymbol? container = compilation.GlobalNamespace;
        var start = 0;
        for (var dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', start))
        {
            container = NamespaceIn(container, name.Substring(start, dot - start));
            if (container is null)
            {
                return null;
            }

            start = dot + 1;
        }

        INamedTypeSymbol? type = null;
        foreach (var part in name.Substring(start).Split('+'))
        {
            type = Best(compilation, TypesIn((INamespaceOrTypeSymbol?)type ?? container, part));
            if (type is null)
            {
                return null;
            }
        }

        return type;
    }

    private static INamespaceSymbol? NamespaceIn(INamespaceSymbol container, string name)
    {
        foreach (var member in container.GetMembers(name))
        {
            if (member is INamespaceSymbol inner)
            {
                return inner;
            }
        }

        return null;
    }

    private static ImmutableArray<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container, string name) =>
        name.IndexOf('`') is var mark and >= 0
            ? container.GetTypeMembers(
                name.Substring(0, mark), int.Parse(name.Substring(mark + 1), CultureInfo.InvariantCulture))
            : container.GetTypeMembers(name, 0);

    private static INamedTypeSymbol? Best(Compilation compilation, ImmutableArray<INamedTypeSymbol> candidates)
    {
        INamedTypeSymbol? best = null;
        var isAmbiguous = false;
        foreach (var candidate in candidates)
        {
            if (!compilation.IsSymbolAccessibleWithin(candidate, compilation.Assembly))
            {
                continue;
            }

            if (SymbolEqualityComparer.Default.Equals(candidate.ContainingAssembly, compilation.Assembly))
            {
                return candidate;
            }

            isAmbiguous = best is not null;
            best = candidate;
        }

        return isAmbiguous ? null : best;
    }
}
