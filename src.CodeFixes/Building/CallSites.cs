using Microsoft.CodeAnalysis.FindSymbols;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>Finds the calls of a function in the whole solution, if calls are all that it has.</summary>
/// <remarks>
/// <c>nameof</c> and documentation do not count. A method group is more than a call; generated code cannot be changed.
/// </remarks>
internal static class CallSites
{
    private const int Most = 200;

    /// <summary>The calls, each a site of its own; null where something else than a call names the function.</summary>
    /// <param name="site">The site.</param>
    /// <param name="function">The function that is called.</param>
    /// <param name="takesMore">Whether it takes another parameter then, which documentation may not name.</param>
    public static async Task<IReadOnlyList<Site>?> OfAsync(
        Site site, IMethodSymbol function, bool takesMore = false)
    {
        var found = await SymbolFinder.FindReferencesAsync(
            function.OriginalDefinition, site.Document.Project.Solution, site.CancellationToken).ConfigureAwait(false);
        var places = found.SelectMany(symbol => symbol.Locations).Distinct().ToList();
        if (places.Count > Most || places.Any(IsNoCall))
        {
            return null;
        }

        var calls = new List<Site>();
        foreach (var file in places.GroupBy(PathOf, StringComparer.Ordinal).OrderBy(file => file.Key))
        {
            if (DocumentOf(site, file) is not { } document
                || await TryAddAsync(
                    calls,
                    site,
                    document,
                    file.Where(place => place.Document.Id == document.Id)
                        .Select(place => place.Location.SourceSpan.Start)
                        .Distinct()
                        .OrderBy(start => start),
                    takesMore).ConfigureAwait(false) is false)
            {
                return null;
            }
        }

        return calls;
    }

    // `foreach` calls `GetEnumerator` without naming it.
    private static bool IsNoCall(ReferenceLocation place) =>
        place.IsImplicit
        || place.Document is SourceGeneratedDocument
        || place.Location.SourceTree is not { } tree
        || GeneratedFiles.Have(tree);

    private static string PathOf(ReferenceLocation place) =>
        place.Document.FilePath ?? place.Document.Id.Id.ToString();

    /// <summary>
    /// The document that stands for a file: several projects, or several frameworks of one, may compile it, but only if
    /// all of them see the same calls in it.
    /// </summary>
    private static Document? DocumentOf(Site site, IEnumerable<ReferenceLocation> file)
    {
        var documents = file.GroupBy(place => place.Document.Id)
            .OrderBy(places => places.Key.ProjectId == site.Document.Project.Id ? 0 : 1)
            .ThenBy(places => places.First().Document.Project.Name, StringComparer.Ordinal)
            .ToList();
        var first = documents[0];
        var document = first.First().Document;
        var spans = new HashSet<int>(first.Select(place => place.Location.SourceSpan.Start));
        return document.GetLinkedDocumentIds().Length + 1 == documents.Count
            && documents.All(other => spans.SetEquals(other.Select(place => place.Location.SourceSpan.Start)))
                ? document
                : null;
    }

    private static async Task<bool> TryAddAsync(
        List<Site> calls, Site site, Document document, IEnumerable<int> starts, bool takesMore)
    {
        var isHere = document.Id == site.Document.Id;
        var root = isHere
            ? site.Root
            : await document.GetSyntaxRootAsync(site.CancellationToken).ConfigureAwait(false);
        var model = isHere
            ? site.Model
            : await document.GetSemanticModelAsync(site.CancellationToken).ConfigureAwait(false);
        foreach (var start in starts)
        {
            if (root!.FindToken(start, findInsideTrivia: true).Parent is not SimpleNameSyntax name)
            {
                return false;
            }

            if (name.IsPartOfStructuredTrivia() || IsInNameOf(name))
            {
                if (takesMore && name.Parent is NameMemberCrefSyntax { Parameters: not null })
                {
                    return false;
                }

                continue;
            }

            if (CallOf(name) is not { } call
                || model!.GetOperation(call, site.CancellationToken) is not IInvocationOperation operation
                || operation.Syntax != call)
            {
                return false;
            }

            calls.Add(site.In(document, root, model, operation));
        }

        return true;
    }

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == name ? call : null,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
            when access.Name == name && call.Expression == access => call,
        _ => null,
    };

    private static bool IsInNameOf(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is InvocationExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
        };
}
