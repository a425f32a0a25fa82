using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;
using ScopedTasks.Analyzers.Tests.Verification;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Chooses and applies a code action, and holds the changed trees to what their text parses to.</summary>
public abstract class CodeActionTest<TVerifier> : AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    public int? CodeActionIndex { get; set; }

    public string? CodeActionEquivalenceKey { get; set; }

    public Action<CodeAction, IVerifier>? CodeActionVerifier { get; set; }

    public CodeActionValidationMode CodeActionValidationMode { get; set; } = CodeActionValidationMode.SemanticStructure;

    public abstract Type SyntaxKindType { get; }

    protected virtual ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> actions) =>
        [.. actions.SelectMany(MenuEntries.Of)];

    private protected CodeAction? Choose(ImmutableArray<CodeAction> actions, bool isFirstIteration, IVerifier verifier)
    {
        var chosen = (CodeActionIndex, CodeActionEquivalenceKey) switch
        {
            ({ } index, { } key) => ChooseByBoth(actions, index, key, isFirstIteration, verifier),
            (null, { } key) => actions.FirstOrDefault(action => action.EquivalenceKey == key),
            var (index, _) => actions.ElementAtOrDefault(index ?? 0),
        };
        if (chosen is not null)
            CodeActionVerifier?.Invoke(chosen, verifier);

        return chosen;
    }

    private protected async Task<(Project Project, ExceptionDispatchInfo? TreeFailure)> ApplyAsync(
        Project project,
        CodeAction action,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken);
        var changes = operations.OfType<ApplyChangesOperation>().ToArray();
        verifier.Equal(
            1,
            changes.Length,
            $"'{action.Title}' must give exactly one ApplyChangesOperation but gave {changes.Length}.");

        var solution = changes[0].ChangedSolution;
        var changedProjects = solution.GetChanges(project.Solution).GetProjectChanges().ToArray();
        if (changedProjects.Length == 0)
            return (project, null);

        ExceptionDispatchInfo? failure = null;
        foreach (var changed in changedProjects)
        {
            foreach (var id in changed.GetChangedDocuments().Concat(changed.GetAddedDocuments()))
            {
                var document = solution.GetDocument(id)!;
                var text = await document.GetTextAsync(cancellationToken);
                var parsed = document.WithText(
                    SourceText.From(text.ToString(), text.Encoding, text.ChecksumAlgorithm));
                failure ??= await CompareAsync(document, parsed, verifier, cancellationToken);
                solution = parsed.Project.Solution;
            }
        }

        return (solution.GetProject(project.Id)!, failure);
    }

    private static CodeAction? ChooseByBoth(
        ImmutableArray<CodeAction> actions,
        int index,
        string key,
        bool isFirstIteration,
        IVerifier verifier)
    {
        if (!isFirstIteration && actions.All(action => action.EquivalenceKey != key))
            return null;

        verifier.True(
            actions.Length > index,
            $"Expected to find a code action at index '{index}', but only '{actions.Length}' code actions were found.");
        verifier.Equal(
            key,
            actions[index].EquivalenceKey,
            "The code action equivalence key and index must be consistent when both are specified.");
        return actions[index];
    }

    private async Task<ExceptionDispatchInfo?> CompareAsync(
        Document changed,
        Document parsed,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        if (CodeActionValidationMode == CodeActionValidationMode.None)
            return null;

        var withTrivia = CodeActionValidationMode == CodeActionValidationMode.Full;
        var expected = TreeText.Of((await parsed.GetSyntaxRootAsync(cancellationToken))!, SyntaxKindType, withTrivia);
        var actual = TreeText.Of((await changed.GetSyntaxRootAsync(cancellationToken))!, SyntaxKindType, withTrivia);
        try
        {
            verifier.EqualOrDiff(
                expected,
                actual,
                $"The tree of '{changed.FilePath}' differs from the tree that its text parses to (the baseline):");
            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }
}
