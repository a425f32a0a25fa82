using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Tests.Verification;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Whether our code fixes get through code without an exception, and what they write parses.</summary>
internal static class FixRobustness
{
    // Each fix binds the member again; the same statement a hundred times over tells nothing new.
    private const int MostSites = 4;

    /// <summary>Tries rules and fixes on all of the sources: how many fixes were offered, and what broke.</summary>
    public static async Task<(int Offered, IReadOnlyCollection<string> Crashes)> TryAll(
        IEnumerable<(string Name, CSharpCompilation Compilation)> sources)
    {
        var offered = 0;
        var crashes = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(sources, async (source, _) =>
        {
            var rules = await Robustness.Try(source.Name, source.Compilation);
            var fixes = await Try(source.Name, source.Compilation, rules.Reports);
            Interlocked.Add(ref offered, fixes.Offered);
            foreach (var crash in rules.Crashes.Concat(fixes.Crashes))
            {
                crashes.Enqueue(crash);
            }
        });
        return (offered, crashes);
    }

    /// <summary>How many fixes were offered, and what went wrong with them.</summary>
    public static async Task<(int Offered, IReadOnlyList<string> Crashes)> Try(
        string name, CSharpCompilation compilation, IEnumerable<Diagnostic> reports)
    {
        var fixable = reports
            .Where(report => report.Location.IsInSource
                && ShippedFixes.All.Any(fix => fix.FixableDiagnosticIds.Contains(report.Id)))
            .Take(MostSites)
            .ToArray();
        if (fixable.Length == 0)
        {
            return (0, []);
        }

        using var workspace = new AdhocWorkspace();
        var project = ProjectOf(workspace, compilation);
        var offered = 0;
        var crashes = new List<string>();
        foreach (var report in fixable)
        {
            var path = report.Location.SourceTree!.FilePath;
            var document = project.Documents.First(document => document.FilePath == path);
            foreach (var fix in ShippedFixes.All.Where(fix => fix.FixableDiagnosticIds.Contains(report.Id)))
            {
                try
                {
                    offered += await Try(fix, document, report);
                }
                catch (Exception exception)
                {
                    crashes.Add($"{name}: {fix} on {report}: {exception}");
                }
            }
        }

        return (offered, crashes);
    }

    private static async Task<int> Try(CodeFixProvider fix, Document document, Diagnostic report)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new(
            document, report, (action, _) => actions.AddRange(MenuEntries.Of(action)), CancellationToken.None));
        foreach (var action in actions)
        {
            var operations = await action.GetOperationsAsync(CancellationToken.None);
            var change = operations.OfType<ApplyChangesOperation>().Single();
            await RequireNoNewSyntaxErrors(document, change.ChangedSolution.GetDocument(document.Id)!, action.Title);
        }

        return actions.Count;
    }

    // Broken code stays as broken as it was: what the fix wrote parses.
    private static async Task RequireNoNewSyntaxErrors(Document before, Document after, string title)
    {
        var text = (await after.GetTextAsync()).ToString();
        if (SyntaxErrors(text) > SyntaxErrors((await before.GetTextAsync()).ToString()))
        {
            throw new InvalidOperationException($"'{title}' writes what does not parse:\n{text}");
        }
    }

    private static int SyntaxErrors(string text) =>
        CSharpSyntaxTree.ParseText(text, Trial.Syntax).GetDiagnostics()
            .Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static Project ProjectOf(AdhocWorkspace workspace, CSharpCompilation compilation)
    {
        var id = ProjectId.CreateNewId();
        var documents = compilation.SyntaxTrees.Select(tree => DocumentInfo.Create(
            DocumentId.CreateNewId(id),
            tree.FilePath,
            loader: TextLoader.From(TextAndVersion.Create(tree.GetText(), VersionStamp.Default, tree.FilePath)),
            filePath: tree.FilePath));
        return workspace.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Trial", "Trial", LanguageNames.CSharp,
            compilationOptions: compilation.Options,
            parseOptions: Trial.Syntax,
            documents: documents,
            metadataReferences: compilation.References));
    }
}
