using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ScopedTasks.Ide.Tests.Host;

/// <summary>A solution that is open in an editor, its projects with our package installed.</summary>
internal sealed record OpenSolution(Solution Solution)
{
    private const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Loader Files = new();

    private static readonly ImmutableArray<AnalyzerReference> Package =
    [
        new AnalyzerFileReference(Path.Combine(Metadata("Analyzers"), "ScopedTasks.Analyzers.dll"), Files),
        new AnalyzerFileReference(Path.Combine(Metadata("Analyzers"), "ScopedTasks.CodeFixes.dll"), Files),
    ];

    // An IDE's own analyzers; the compiler's warnings are those of one of them.
    private static readonly AnalyzerReference Compiler =
        new AnalyzerFileReference(typeof(CSharpCompilation).Assembly.Location, Files);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(Metadata("Runtime"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>One project of these sources.</summary>
    public static OpenSolution Of(params string[] sources) =>
        new OpenSolution(new AdhocWorkspace(Engine.Services).CurrentSolution.AddAnalyzerReference(Compiler))
            .WithProject("Shop", sources);

    public OpenSolution WithProject(string name, params string[] sources)
    {
        var id = ProjectId.CreateNewId(name);
        var solution = Solution
            .AddProject(id, name, name, LanguageNames.CSharp)
            .WithProjectCompilationOptions(id, new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .AddMetadataReferences(id, References)
            .AddAnalyzerReferences(id, Package);
        return new(sources.Prepend(GlobalUsings).Select((text, number) => (text, number)).Aggregate(
            solution,
            (open, source) => open.AddDocument(
                DocumentId.CreateNewId(id),
                $"File{source.number}.cs",
                SourceText.From(source.text),
                filePath: $"/{name}/File{source.number}.cs")));
    }

    /// <summary>With these lines in the <c>.editorconfig</c> of all C# files.</summary>
    public OpenSolution With(string editorConfig) =>
        new(Solution.ProjectIds.Aggregate(Solution, (open, id) => open.AddAnalyzerConfigDocument(
            DocumentId.CreateNewId(id),
            ".editorconfig",
            SourceText.From($"root = true\n\n[*.cs]\n{editorConfig}\n"),
            filePath: "/.editorconfig")));

    /// <summary>What is underlined, file by file.</summary>
    public async Task<IReadOnlyList<Squiggle>> SquigglesAsync()
    {
        var squiggles = new List<Squiggle>();
        foreach (var document in Documents)
        {
            var text = await document.GetTextAsync();
            squiggles.AddRange((await Engine.DiagnosticsOf(document))
                .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed)
                .Select(diagnostic => new Squiggle(
                    diagnostic, document, text.ToString(diagnostic.Location.SourceSpan))));
        }

        return squiggles;
    }

    /// <summary>The light bulb at a squiggle: its menu, in order.</summary>
    public Task<IReadOnlyList<Entry>> MenuAtAsync(Squiggle squiggle) =>
        Engine.MenuAt(squiggle.Document, squiggle.Diagnostic.Location.SourceSpan);

    public Task<OpenSolution> ApplyAsync(Entry entry) => ApplyAsync(entry.Action);

    public async Task<OpenSolution> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;

        // A buffer keeps text, not trees.
        foreach (var id in changed.ProjectIds.SelectMany(id => changed.GetProject(id)!.DocumentIds))
        {
            var text = await changed.GetDocument(id)!.GetTextAsync();
            changed = changed.WithDocumentText(id, SourceText.From(text.ToString()));
        }

        return new(changed);
    }

    /// <summary>Applies the entry to everything that is like it.</summary>
    public async Task<OpenSolution> FixAllAsync(Entry entry, Squiggle squiggle, FixAllScope scope) =>
        await ApplyAsync(await Engine.FixAllAction(entry, squiggle.Document, scope));

    /// <summary>All texts, by path.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TextsAsync()
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in Documents)
        {
            texts.Add(document.FilePath!, (await document.GetTextAsync()).ToString());
        }

        return texts;
    }

    /// <summary>The text of the only project's first file.</summary>
    public async Task<string> TextAsync() => (await TextsAsync())["/Shop/File1.cs"];

    private IEnumerable<Document> Documents => Solution.Projects.SelectMany(project => project.Documents);

    private static string Metadata(string key) =>
        typeof(OpenSolution).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == key).Value!;

    // As a package's folder: each assembly finds its neighbours.
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}

/// <summary>Something underlined in a document.</summary>
internal sealed record Squiggle(Diagnostic Diagnostic, Document Document, string Underlined)
{
    public string Id => Diagnostic.Id;
}
