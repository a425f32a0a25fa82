using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>What every row of a table says first: which member of which type it speaks of.</summary>
internal interface IApiRow
{
    /// <summary>The metadata name of the declaring type.</summary>
    string Type { get; }

    /// <summary>The member's name; <c>*</c> for all of them.</summary>
    string Member { get; }
}

/// <summary>The rows of a table whose types one compilation has, by type.</summary>
internal sealed class ApiRows<TRow>
    where TRow : class, IApiRow
{
    private readonly Dictionary<INamedTypeSymbol, List<TRow>> _rows = new(SymbolEqualityComparer.Default);

    public ApiRows(Compilation compilation, ImmutableArray<TRow> table)
    {
        foreach (var row in table)
        {
            if (compilation.GetBestTypeByMetadataName(row.Type) is not { } type)
            {
                continue;
            }

            if (!_rows.TryGetValue(type, out var rows))
            {
                _rows.Add(type, rows = []);
            }

            rows.Add(row);
        }
    }

    /// <summary>The rows of a type; null for the many that no row speaks of.</summary>
    public List<TRow>? Of(INamedTypeSymbol? type) =>
        type is not null && _rows.TryGetValue(type.OriginalDefinition, out var rows) ? rows : null;

    /// <summary>The first row of a member; null if there is none.</summary>
    public TRow? Of(INamedTypeSymbol? type, string member)
    {
        if (Of(type) is not { } rows)
        {
            return null;
        }

        foreach (var row in rows)
        {
            if (row.Member == member || row.Member == "*")
            {
                return row;
            }
        }

        return null;
    }
}
