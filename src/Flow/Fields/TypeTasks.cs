using System.Collections.Concurrent;

namespace ScopedTasks.Analyzers.Flow.Fields;

/// <summary>What all members of one type do with the tasks that it keeps in its fields.</summary>
/// <remarks>
/// Filled by whoever walks over the type, from many threads. Past its budget it knows nothing.
/// </remarks>
internal sealed class TypeTasks(INamedTypeSymbol type)
{
    private const int MaximalMentions = 10_000;

    private readonly ConcurrentQueue<FieldMention> _mentions = new();

    public INamedTypeSymbol Type => type;

    public void Add(FieldMention mention) => _mentions.Enqueue(mention);

    /// <summary>The mentions that keep a start in a field which no member joins, in the order of the source.</summary>
    public IEnumerable<FieldMention> FindUnjoined(CancellationToken cancellationToken)
    {
        if (_mentions.Count > MaximalMentions || !_mentions.Any(mention => mention.Use == FieldUse.Starts))
        {
            return [];
        }

        var lost = _mentions.ToLookup(mention => mention.Field, SymbolEqualityComparer.Default)
            .Where(uses => uses.Any(use => use.Use == FieldUse.Starts)
                && uses.All(use => use.Use != FieldUse.Joins))
            .ToDictionary(uses => uses.Key!.Name, uses => uses.ToList(), StringComparer.Ordinal);
        if (lost.Count == 0)
        {
            return [];
        }

        RemoveUnseen(lost, cancellationToken);
        return lost.Values.SelectMany(uses => uses.Where(use => use.Use == FieldUse.Starts))
            .OrderBy(use => use.Site.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(use => use.Site.Syntax.SpanStart);
    }

    // A mention that nobody followed, in a nested type, in generated or broken code, may be a join.
    private void RemoveUnseen(Dictionary<string, List<FieldMention>> lost, CancellationToken cancellationToken)
    {
        foreach (var declaration in type.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax(cancellationToken).DescendantNodes())
            {
                if (node is IdentifierNameSyntax name
                    && lost.TryGetValue(name.Identifier.ValueText, out var uses)
                    && !uses.Any(use => use.Site.Syntax.SyntaxTree == name.SyntaxTree
                        && use.Site.Syntax.Span.Contains(name.Span)))
                {
                    lost.Remove(name.Identifier.ValueText);
                }
            }
        }
    }
}
