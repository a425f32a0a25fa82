using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>Runs sets of analyzers and fixes over whole solutions, the way an editor and a bulk run do.</summary>
internal sealed class Workbench(
    ImmutableArray<DiagnosticAnalyzer> analyzers,
    ImmutableArray<CodeFixProvider> fixes)
{
    private static readonly Lazy<HostServices> Host =
        new(() => MefHostServices.Create(MefHostServices.DefaultAssemblies));

    /// <summary>One project of these sources, compiled as the code says.</summary>
    public Task<Solution> OpenAsync(Code code, params (string Path, string Text)[] sources) =>
        AddAsync(null, "TestProject", code, [], sources);

    /// <summary>
    /// The solution, or a new one, with one more project, which refers to others by their names. A file that another
    /// project has, too, is linked into both.
    /// </summary>
    public async Task<Solution> AddAsync(
        Solution? solution,
        string name,
        Code code,
        IEnumerable<string> references,
        params (string Path, string Text)[] sources)
    {
        solution ??= new AdhocWorkspace(Host.Value).CurrentSolution;
        var id = ProjectId.CreateNewId(name);
        var switches = code.Disabled.ToDictionary(off => off, _ => ReportDiagnostic.Suppress);
        switches["AD0001"] = ReportDiagnostic.Error;
        var compiling = new CSharpCompilationOptions(code.Output, allowUnsafe: true)
            .WithSpecificDiagnosticOptions(switches);
        solution = solution
            .AddProject(id, name, name, LanguageNames.CSharp)
            .WithProjectCompilationOptions(id, compiling)
            .WithProjectParseOptions(
                id, new CSharpParseOptions(code.Language, DocumentationMode.Parse, preprocessorSymbols: code.Symbols))
            .AddProjectReferences(id, references.Select(
                reference => new ProjectReference(solution.Projects.Single(project => project.Name == reference).Id)))
            .AddMetadataReferences(
                id,
                await code.References.ResolveAsync(LanguageNames.CSharp, CancellationToken.None))
            .AddMetadataReferences(id, CodeProject.ReferencesOf(code));
        solution = CodeProject.WithOptions(solution, id, code);
        foreach (var (path, text) in sources.Concat(CodeProject.SourcesBeside(code, code.Sources)))
        {
            solution = solution.AddDocument(
                DocumentId.CreateNewId(id, path),
                path,
                SourceText.From(text),
                filePath: path);
        }

        var rules = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics);
        return CodeProject.EditorConfig(code, rules) is { } config
            ? solution.AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(id),
                ".editorconfig",
                SourceText.From(config),
                filePath: "/0/.editorconfig")
            : solution;
    }

    /// <summary>What the compiler and the analyzers say, without what the compiler hides, in source order.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsOf(
        Solution solution,
        CancellationToken cancellationToken = default)
    {
        var found = new List<Diagnostic>();
        foreach (var project in solution.Projects)
        {
            var compilation = (await project.GetCompilationAsync(cancellationToken))!;
            found.AddRange(compilation.GetDiagnostics(cancellationToken)
                .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
            if (!analyzers.IsEmpty)
            {
                var analysis = compilation.WithAnalyzers(analyzers, project.AnalyzerOptions);
                found.AddRange(await analysis.GetAnalyzerDiagnosticsAsync(cancellationToken));
            }
        }

        return
        [
            .. found
                .Where(diagnostic => !diagnostic.IsSuppressed)
                .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Applies the first accepted action of the first diagnostic that has one, until none has or the limit is reached;
    /// where nothing says what is accepted, what no person has to choose.
    /// </summary>
    public async Task<Outcome> FixOneByOneAsync(
        Solution solution,
        Func<CodeAction, bool>? accepts = null,
        int limit = int.MaxValue,
        CancellationToken cancellationToken = default)
    {
        var applied = 0;
        var diagnostics = await DiagnosticsOf(solution, cancellationToken);
        while (applied < limit
            && await FirstOfferAsync(solution, diagnostics, accepts, cancellationToken) is { Offer.Action: var action })
        {
            if (await ApplyAsync(solution, action, cancellationToken) is not { } changed)
                break;

            applied++;
            solution = changed;
            diagnostics = await DiagnosticsOf(solution, cancellationToken);
        }

        return new Outcome(solution, diagnostics, applied);
    }

    /// <summary>
    /// Asks for a fix-all of each id, document by document, project by project or at once, in rounds until nothing
    /// changes any more. Without a key it is that of the first accepted action, as in <c>dotnet format</c>.
    /// </summary>
    public async Task<Outcome> FixAllAsync(
        Solution solution,
        FixAllScope scope,
        string? key = null,
        Func<CodeAction, bool>? accepts = null,
        int rounds = 10,
        CancellationToken cancellationToken = default)
    {
        var applied = 0;
        var diagnostics = await DiagnosticsOf(solution, cancellationToken);
        for (var (round, isChanged) = (0, true); isChanged && round < rounds; round++)
        {
            isChanged = false;
            foreach (var unit in UnitsOf(solution, diagnostics, scope))
            {
                var reported = diagnostics.Where(diagnostic => UnitOf(solution, diagnostic, scope) == unit).ToArray();
                if (await FirstOfferAsync(solution, reported, accepts ?? (_ => true), cancellationToken)
                        is not var (offer, at)
                    || offer.Fix.GetFixAllProvider() is not { } fixAll)
                {
                    continue;
                }

                var all = await fixAll.GetFixAsync(new FixAllContext(
                    solution.GetDocument(at.Location.SourceTree)!,
                    offer.Fix,
                    scope,
                    key ?? offer.RegisteredKey,
                    [at.Id],
                    new Reported(solution, diagnostics),
                    cancellationToken));
                if (all is null || await ApplyAsync(solution, all, cancellationToken) is not { } changed)
                    continue;

                (applied, isChanged, solution) = (applied + 1, true, changed);
                diagnostics = await DiagnosticsOf(solution, cancellationToken);
            }
        }

        return new Outcome(solution, diagnostics, applied);
    }

    /// <summary>What the fixes offer at a diagnostic, in menu order.</summary>
    public async Task<ImmutableArray<Offer>> OffersAt(
        Solution solution,
        Diagnostic diagnostic,
        CancellationToken cancellationToken = default)
    {
        var offers = ImmutableArray.CreateBuilder<Offer>();
        if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document)
            return [];

        foreach (var fix in fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(
                document,
                diagnostic,
                (action, _) => offers.AddRange(
                    MenuEntries.Of(action).Select(entry => new Offer(entry, action.EquivalenceKey, fix))),
                cancellationToken));
        }

        return offers.ToImmutable();
    }

    private static (string Id, object? Place) UnitOf(Solution solution, Diagnostic diagnostic, FixAllScope scope)
    {
        var document = solution.GetDocument(diagnostic.Location.SourceTree);
        return (diagnostic.Id, scope switch
        {
            FixAllScope.Document => document?.Id,
            FixAllScope.Project => document?.Project.Id,
            _ => solution.Id,
        });
    }

    private static async Task<Solution?> ApplyAsync(
        Solution solution,
        CodeAction action,
        CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        var documents = changed.GetChanges(solution).GetProjectChanges()
            .SelectMany(project => project.GetChangedDocuments())
            .ToArray();
        var isChanged = false;
        foreach (var id in documents)
        {
            // Parsed anew, as a file that was saved is: what only the fix's own tree knows must not help the next one.
            // And compared, since annotations alone make a tree another one.
            var text = await changed.GetDocument(id)!.GetTextAsync(cancellationToken);
            var before = await solution.GetDocument(id)!.GetTextAsync(cancellationToken);
            isChanged |= !text.ContentEquals(before);
            var saved = SourceText.From(text.ToString(), text.Encoding);
            changed = changed.WithDocumentText(id, saved);
            foreach (var linked in solution.GetDocument(id)!.GetLinkedDocumentIds())
            {
                if (documents.Contains(linked)
                    && !(await changed.GetDocument(linked)!.GetTextAsync(cancellationToken)).ContentEquals(saved))
                {
                    throw new InvalidOperationException($"The action writes two texts into one file.");
                }

                changed = changed.WithDocumentText(linked, saved);
            }
        }

        return isChanged ? changed : null;
    }

    private IEnumerable<(string Id, object? Place)> UnitsOf(
        Solution solution,
        IEnumerable<Diagnostic> diagnostics,
        FixAllScope scope) =>
        diagnostics
            .Where(diagnostic => fixes.Any(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            .Select(diagnostic => UnitOf(solution, diagnostic, scope))
            .Distinct()
            .ToArray();

    private async Task<(Offer Offer, Diagnostic At)?> FirstOfferAsync(
        Solution solution,
        IEnumerable<Diagnostic> diagnostics,
        Func<CodeAction, bool>? accepts,
        CancellationToken cancellationToken)
    {
        foreach (var diagnostic in diagnostics)
        {
            foreach (var offer in await OffersAt(solution, diagnostic, cancellationToken))
            {
                if (accepts is null ? !offer.NeedsDecision : accepts(offer.Action))
                    return (offer, diagnostic);
            }
        }

        return null;
    }

    /// <summary>The diagnostics of a solution, as a fix-all asks for them.</summary>
    private sealed class Reported(Solution solution, ImmutableArray<Diagnostic> diagnostics)
        : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Project project,
            CancellationToken cancellationToken) =>
            Of(document => document?.Project.Id == project.Id);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document,
            CancellationToken cancellationToken) =>
            Of(one => one?.Id == document.Id);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Project project,
            CancellationToken cancellationToken) =>
            Of(document => document is null);

        private Task<IEnumerable<Diagnostic>> Of(Func<Document?, bool> isMeant) =>
            Task.FromResult(diagnostics.Where(
                diagnostic => isMeant(solution.GetDocument(diagnostic.Location.SourceTree))));
    }
}

/// <summary>An action as a menu shows it.</summary>
/// <param name="RegisteredKey">The key of what was registered, which is another where the action is nested.</param>
internal sealed record Offer(CodeAction Action, string? RegisteredKey, CodeFixProvider Fix)
{
    /// <summary>Whether only a person may choose it, since nothing comes before it that a bulk run may take.</summary>
    public bool NeedsDecision => Action.EquivalenceKey != RegisteredKey;
}

/// <summary>What is left after a run of fixes.</summary>
/// <param name="Applied">How many actions were applied.</param>
internal sealed record Outcome(Solution Solution, ImmutableArray<Diagnostic> Diagnostics, int Applied)
{
    public IEnumerable<Diagnostic> Errors =>
        Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    public async Task<SortedDictionary<string, string>> TextsAsync(CancellationToken cancellationToken = default)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in Solution.Projects.SelectMany(project => project.Documents))
            texts[document.FilePath ?? document.Name] = (await document.GetTextAsync(cancellationToken)).ToString();

        return texts;
    }
}
