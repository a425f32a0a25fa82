using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Applies a fix one by one and in bulk, and holds what comes out to the fixed state.</summary>
public abstract class CodeFixTest<TVerifier> : CodeActionTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    protected CodeFixTest()
    {
        FixedState = NewState();
        BatchFixedState = NewState();
    }

    public string FixedCode
    {
        set => FixedState.Sources.Add(value);
    }

    public SolutionState FixedState { get; }

    public string BatchFixedCode
    {
        set => BatchFixedState.Sources.Add(value);
    }

    public SolutionState BatchFixedState { get; }

    public int? NumberOfIncrementalIterations { get; set; }

    public int? NumberOfFixAllIterations { get; set; }

    public int? NumberOfFixAllInDocumentIterations { get; set; }

    public int? NumberOfFixAllInProjectIterations { get; set; }

    public CodeFixTestBehaviors CodeFixTestBehaviors { get; set; }

    protected abstract IEnumerable<CodeFixProvider> GetCodeFixProviders();

    protected virtual Diagnostic? TrySelectDiagnosticToFix(ImmutableArray<Diagnostic> fixableDiagnostics) =>
        fixableDiagnostics.FirstOrDefault();

    protected override bool IsCompilerDiagnosticIncluded(
        Diagnostic diagnostic,
        CompilerDiagnostics compilerDiagnostics) =>
        base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics) || IsFixable(diagnostic.Id);

    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        Verify.NotEmpty($"{nameof(TestState)}.{nameof(SolutionState.Sources)}", TestState.Sources);

        ImmutableArray<string> fixable =
            [.. GetCodeFixProviders().SelectMany(provider => provider.FixableDiagnosticIds)];
        var rawTest = TestState.WithInheritedValuesApplied(null, fixable);
        var rawFixed = FixedState.WithInheritedValuesApplied(rawTest, fixable);
        var rawBatch = BatchFixedState.WithInheritedValuesApplied(rawFixed, fixable);
        var test = Processed(rawTest, fixable);
        var @fixed = Processed(rawFixed, fixable);
        var batch = Processed(rawBatch, fixable);

        await VerifyDiagnosticsAsync(test, Verify.PushContext("Diagnostics of test state"), cancellationToken);
        if (!FixedState.IsGiven && !BatchFixedState.IsGiven)
            return;

        await VerifyFixAsync(test, @fixed, batch, cancellationToken);
        await VerifyDiagnosticsAsync(@fixed, Verify.PushContext("Diagnostics of fixed state"), cancellationToken);
        if (BatchFixedState.IsGiven && !Skips(CodeFixTestBehaviors.SkipFixAllCheck))
        {
            await VerifyDiagnosticsAsync(
                batch,
                Verify.PushContext("Diagnostics of batch fixed state"),
                cancellationToken);
        }
    }

    private bool Skips(CodeFixTestBehaviors behaviors) => CodeFixTestBehaviors.HasFlag(behaviors);

    private bool IsFixable(string id) =>
        GetCodeFixProviders().Any(provider => provider.FixableDiagnosticIds.Contains(id));

    private async Task VerifyFixAsync(
        SolutionState test,
        SolutionState @fixed,
        SolutionState batch,
        CancellationToken cancellationToken)
    {
        var start = new Step(await AnalyzeAsync(CreateProject(test), cancellationToken), null);
        var limits = new IterationLimits(test, @fixed, batch, IsFixable);

        var oneByOne = NumberOfIncrementalIterations ?? limits.Incremental;
        await VerifyPassAsync("Iterative code fix application", null, start, @fixed, oneByOne, cancellationToken);
        if (GetCodeFixProviders().All(provider => provider.GetFixAllProvider() is null))
            return;

        if (!Skips(CodeFixTestBehaviors.SkipFixAllInDocumentCheck))
        {
            var count = NumberOfFixAllInDocumentIterations ?? NumberOfFixAllIterations ?? limits.InDocument;
            await VerifyPassAsync(
                "Fix all in document", FixAllScope.Document, start, batch, count, cancellationToken);
        }

        if (!Skips(CodeFixTestBehaviors.SkipFixAllInProjectCheck))
        {
            var count = NumberOfFixAllInProjectIterations ?? NumberOfFixAllIterations ?? limits.InProject;
            await VerifyPassAsync(
                "Fix all in project", FixAllScope.Project, start, batch, count, cancellationToken);
        }

        if (!Skips(CodeFixTestBehaviors.SkipFixAllInSolutionCheck))
        {
            var count = NumberOfFixAllIterations ?? limits.InSolution;
            await VerifyPassAsync(
                "Fix all in solution", FixAllScope.Solution, start, batch, count, cancellationToken);
        }
    }

    private async Task VerifyPassAsync(
        string context,
        FixAllScope? scope,
        Step start,
        SolutionState expected,
        int iterations,
        CancellationToken cancellationToken)
    {
        var verifier = Verify.PushContext(context);
        var (step, applied, failure) = await FixAsync(scope, start, iterations, verifier, cancellationToken);
        await VerifyTextsAsync(expected, step.Project, verifier, cancellationToken);
        foreach (var (name, state) in expected.AdditionalProjects)
        {
            var project = step.Project.Solution.Projects.Single(project => project.Name == name);
            await VerifyTextsAsync(state, project, verifier, cancellationToken);
        }

        failure?.Throw();
        IterationLimits.Verify(iterations, applied, verifier);
    }

    private async Task<(Step End, int Applied, ExceptionDispatchInfo? Failure)> FixAsync(
        FixAllScope? scope,
        Step start,
        int iterations,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        var (step, applied) = (start, 0);
        IReadOnlyList<Found> previous = [];
        ExceptionDispatchInfo? failure = null;

        // One application more than allowed is enough to show in texts and counts that the fix goes on.
        while (applied <= Math.Abs(iterations) && step.Diagnostics.Count > 0)
        {
            if (Found.AreSame(step.Diagnostics, previous))
                break;

            previous = step.Diagnostics;
            var next = scope is null
                ? await FixOneAsync(step, applied == 0, verifier, cancellationToken)
                : await FixAllAsync(scope.Value, step, applied == 0, verifier, cancellationToken);
            if (next is null)
                break;

            applied++;
            failure ??= next.Failure;
            if (next.Project == step.Project || Skips(CodeFixTestBehaviors.FixOne))
                return (next, applied, failure);

            step = next with { Analyzed = await AnalyzeAsync(next.Project, cancellationToken) };
        }

        return (step, applied, failure);
    }

    /// <summary>The first offered action that changes something, applied; null when none is offered.</summary>
    private async Task<Step?> FixOneAsync(
        Step step,
        bool isFirst,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        Step? applied = null;
        foreach (var found in Fixable(step))
        {
            var offers = await OffersAsync(step.Project.Solution, found, cancellationToken);
            if (Choose([.. offers.Select(offer => offer.Action)], isFirst, verifier) is not { } action)
                continue;

            var project = DocumentOf(step.Project.Solution, found).Project;
            var (changed, failure) = await ApplyAsync(project, action, verifier, cancellationToken);
            applied = step with { Failure = applied?.Failure ?? failure };
            if (changed.Solution != project.Solution)
                return applied with { Analyzed = step.Analyzed with { Project = TestProject(changed.Solution, step) } };
        }

        return applied;
    }

    private async Task<Step?> FixAllAsync(
        FixAllScope scope,
        Step step,
        bool isFirst,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        foreach (var found in Fixable(step))
        {
            var offers = await OffersAsync(step.Project.Solution, found, cancellationToken);
            if (Choose([.. offers.Select(offer => offer.Action)], isFirst, verifier) is not { } chosen)
                continue;

            var provider = offers.First(offer => offer.Action == chosen).Provider;
            if (provider.GetFixAllProvider() is not { } fixAll || !fixAll.GetSupportedFixAllScopes().Contains(scope))
                return null;

            var document = DocumentOf(step.Project.Solution, found);
            var context = new FixAllContext(
                document,
                provider,
                scope,
                chosen.EquivalenceKey,
                fixAll.GetSupportedFixAllDiagnosticIds(provider),
                new KnownDiagnostics(step.Diagnostics),
                cancellationToken);
            if (await fixAll.GetFixAsync(context) is not { } action)
                return null;

            var (changed, failure) = await ApplyAsync(document.Project, action, verifier, cancellationToken);
            return new Step(step.Analyzed with { Project = TestProject(changed.Solution, step) }, failure);
        }

        return null;
    }

    private IEnumerable<Found> Fixable(Step step)
    {
        var fixable = step.Diagnostics
            .Where(found => IsFixable(found.Id))
            .Where(found => step.Project.Solution.GetDocument(found.Diagnostic.Location.SourceTree) is not null)
            .ToArray();
        if (!Skips(CodeFixTestBehaviors.SkipLocalDiagnosticCheck))
        {
            Verify.False(
                fixable.Any(found => found.IsNonLocal),
                "Code fix is attempting to provide a fix for a non-local analyzer diagnostic");
        }

        if (!Skips(CodeFixTestBehaviors.FixOne))
            return fixable;

        var only = TrySelectDiagnosticToFix([.. fixable.Select(found => found.Diagnostic)]);
        return fixable.Where(found => found.Diagnostic == only);
    }

    private async Task<List<(CodeAction Action, CodeFixProvider Provider)>> OffersAsync(
        Solution solution,
        Found found,
        CancellationToken cancellationToken)
    {
        var offers = new List<(CodeAction, CodeFixProvider)>();
        foreach (var provider in GetCodeFixProviders())
        {
            if (!provider.FixableDiagnosticIds.Contains(found.Id))
                continue;

            var actions = ImmutableArray.CreateBuilder<CodeAction>();
            await provider.RegisterCodeFixesAsync(new CodeFixContext(
                DocumentOf(solution, found),
                found.Diagnostic.Location.SourceSpan,
                [found.Diagnostic],
                (action, _) => actions.Add(action),
                cancellationToken));
            offers.AddRange(FilterCodeActions(actions.ToImmutable()).Select(action => (action, provider)));
        }

        return offers;
    }

    private static Project TestProject(Solution solution, Step step) => solution.GetProject(step.Project.Id)!;

    private static Document DocumentOf(Solution solution, Found found) =>
        solution.GetDocument(found.Diagnostic.Location.SourceTree)!;

    private static async Task VerifyTextsAsync(
        ProjectState expected,
        Project project,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        var texts = new TextCheck(expected.DefaultPrefix, verifier);
        await texts.VerifyAsync("Sources", expected.Sources, project.Documents, CleanedTextAsync);
        await texts.VerifyAsync("AdditionalFiles", expected.AdditionalFiles, project.AdditionalDocuments, TextAsync);
        await texts.VerifyAsync(
            "AnalyzerConfigFiles",
            expected.AnalyzerConfigFiles,
            project.AnalyzerConfigDocuments,
            TextAsync);

        Task<SourceText> TextAsync(TextDocument document) => document.GetTextAsync(cancellationToken);

        async Task<SourceText> CleanedTextAsync(Document document)
        {
            var reduced = await Simplifier.ReduceAsync(
                document, Simplifier.Annotation, cancellationToken: cancellationToken);
            var formatted = await Formatter.FormatAsync(
                reduced, Formatter.Annotation, cancellationToken: cancellationToken);
            return await formatted.GetTextAsync(cancellationToken);
        }
    }

    /// <summary>Where a pass stands.</summary>
    private sealed record Step(Analyzed Analyzed, ExceptionDispatchInfo? Failure)
    {
        public Project Project => Analyzed.Project;

        public IReadOnlyList<Found> Diagnostics => Analyzed.Diagnostics;
    }
}
