using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Whether our code fixes get through code without an exception, in offering and in writing.</summary>
internal static class FixRobustness
{
    // Each fix binds the member again; the same statement a hundred times over tells nothing new.
    private const int MostSites = 4;

    public static async Task<IEnumerable<string>> Crashes(string name, CSharpCompilation compilation)
    {
        var reports = await Trial.Reports(compilation);
        var fixable = reports.Where(report => !Trial.IsCrash(report)).Concat(compilation.GetDiagnostics())
            .Where(report => report.Location.IsInSource
                && ShippedFixes.All.Any(fix => fix.FixableDiagnosticIds.Contains(report.Id)))
            .Take(MostSites)
            .ToArray();
        if (fixable.Length == 0)
        {
            return [];
        }

        using var workspace = new AdhocWorkspace();
        var project = ProjectOf(workspace, compilation);
        var crashes = new List<string>();
        foreach (var report in fixable)
        {
            var path = report.Location.SourceTree!.FilePath;
            var document = project.Documents.First(document => document.FilePath == path);
            foreach (var fix in ShippedFixes.All.Where(fix => fix.FixableDiagnosticIds.Contains(report.Id)))
            {
                try
                {
                    await Try(fix, document, report);
                }
                catch (Exception exception)
                {
                    crashes.Add($"{name}: {fix} on {report}: {exception}");
                }
            }
        }

        return crashes;
    }

    private static async Task Try(CodeFixProvider fix, Document document, Diagnostic report)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new(
            document, report, (action, _) => actions.Add(action), CancellationToken.None));
        foreach (var action in actions)
        {
            await action.GetOperationsAsync(CancellationToken.None);
        }
    }

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
