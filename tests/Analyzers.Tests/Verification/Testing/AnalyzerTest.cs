using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Options;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Runs analyzers over sources and holds them to what the sources' markup expects.</summary>
public abstract class AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    private static readonly Lazy<HostServices> Host =
        new(() => MefHostServices.Create(MefHostServices.DefaultAssemblies));

    // Most passes of a fix end in the same code, which is then analyzed once.
    private readonly Dictionary<string, Analyzed> _analyzed = [];

    protected AnalyzerTest() => TestState = NewState();

    public abstract string Language { get; }

    public string TestCode
    {
        set => TestState.Sources.Add(value);
    }

    public SolutionState TestState { get; }

    public List<DiagnosticResult> ExpectedDiagnostics => TestState.ExpectedDiagnostics;

    public CompilerDiagnostics CompilerDiagnostics { get; set; } = CompilerDiagnostics.Errors;

    public MarkupOptions MarkupOptions { get; set; }

    public TestBehaviors TestBehaviors { get; set; }

    public ReferenceAssemblies ReferenceAssemblies { get; set; } = ReferenceAssemblies.Default;

    public Dictionary<string, string> XmlReferences { get; } = [];

    public List<string> DisabledDiagnostics { get; } = [];

    public Action<Diagnostic, DiagnosticResult, IVerifier>? DiagnosticVerifier { get; set; }

    public List<Func<OptionSet, OptionSet>> OptionsTransforms { get; } = [];

    public List<Func<Solution, ProjectId, Solution>> SolutionTransforms { get; } = [];

    protected static TVerifier Verify { get; } = new();

    protected virtual string DefaultFilePathPrefix => "/0/Test";

    protected virtual string DefaultTestProjectName => "TestProject";

    protected virtual string DefaultFilePath => DefaultFilePathPrefix + 0 + "." + DefaultFileExt;

    protected abstract string DefaultFileExt { get; }

    public Task RunAsync(CancellationToken cancellationToken = default)
    {
        _analyzed.Clear();
        return RunImplAsync(cancellationToken);
    }

    protected virtual async Task RunImplAsync(CancellationToken cancellationToken)
    {
        Verify.NotEmpty($"{nameof(TestState)}.{nameof(SolutionState.Sources)}", TestState.Sources);

        var state = Processed(TestState.WithInheritedValuesApplied(null, []), []);
        await VerifyDiagnosticsAsync(state, Verify, cancellationToken);
    }

    protected internal virtual DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) =>
        MarkupOptions.HasFlag(MarkupOptions.UseFirstDescriptor)
            ? analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).FirstOrDefault()
            : analyzers is [{ SupportedDiagnostics: [var only] }, ..] ? only : null;

    protected abstract IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers();

    protected abstract CompilationOptions CreateCompilationOptions();

    protected abstract ParseOptions CreateParseOptions();

    protected virtual AnalyzerOptions GetAnalyzerOptions(Project project) => project.AnalyzerOptions;

    protected virtual bool IsCompilerDiagnosticIncluded(
        Diagnostic diagnostic,
        CompilerDiagnostics compilerDiagnostics) =>
        compilerDiagnostics switch
        {
            CompilerDiagnostics.Errors => diagnostic.Severity >= DiagnosticSeverity.Error,
            CompilerDiagnostics.Warnings => diagnostic.Severity >= DiagnosticSeverity.Warning,
            CompilerDiagnostics.Suggestions => diagnostic.Severity >= DiagnosticSeverity.Info,
            CompilerDiagnostics.All => true,
            _ => false,
        };

    protected virtual Project ApplyCompilationOptions(Project project)
    {
        var switches = new Dictionary<string, ReportDiagnostic>();
        foreach (var descriptor in GetDiagnosticAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics))
        {
            switches[descriptor.Id] = descriptor.IsEnabledByDefault
                ? ReportDiagnostic.Default
                : Switch(descriptor.DefaultSeverity);
        }

        switches["AD0001"] = ReportDiagnostic.Error;
        foreach (var id in DisabledDiagnostics)
            switches[id] = ReportDiagnostic.Suppress;

        var options = project.CompilationOptions!;
        return project.WithCompilationOptions(options.WithSpecificDiagnosticOptions(
            switches.ToImmutableDictionary().SetItems(options.SpecificDiagnosticOptions)));
    }

    private protected SolutionState NewState() =>
        new(DefaultTestProjectName, Language, DefaultFilePathPrefix, DefaultFileExt);

    private protected SolutionState Processed(SolutionState state, ImmutableArray<string> fixable)
    {
        var analyzers = GetDiagnosticAnalyzers().ToArray();
        return state.WithProcessedMarkup(
            MarkupOptions,
            GetDefaultDiagnostic(analyzers),
            [.. analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)],
            fixable,
            DefaultFilePath);
    }

    private protected Project CreateProject(SolutionState state)
    {
        var workspace = new AdhocWorkspace(Host.Value);
        var options = OptionsTransforms.Aggregate(
            (OptionSet)workspace.Options,
            (current, transform) => transform(current));
        var solution = workspace.CurrentSolution.WithOptions(options);
        var ids = state.AdditionalProjects.Values.Prepend<ProjectState>(state)
            .ToDictionary(project => project.Name, project => ProjectId.CreateNewId(project.Name));
        foreach (var project in state.AdditionalProjects.Values.Prepend<ProjectState>(state))
            solution = AddProject(solution, ids[project.Name], project, isPrimary: project == state);
        foreach (var project in state.AdditionalProjects.Values.Prepend<ProjectState>(state))
        {
            solution = solution.AddProjectReferences(
                ids[project.Name],
                project.AdditionalProjectReferences.Select(name => new ProjectReference(ids[name])));
        }

        var primary = ids[state.Name];
        solution = SolutionTransforms.Aggregate(solution, (current, transform) => transform(current, primary));
        return ApplyCompilationOptions(solution.GetProject(primary)!);
    }

    /// <summary>What is found in the solution, or was found in one of the same texts.</summary>
    private protected async Task<Analyzed> AnalyzeAsync(Project project, CancellationToken cancellationToken)
    {
        var texts = await Analyzed.TextsOf(project.Solution, cancellationToken);
        if (!_analyzed.TryGetValue(texts, out var analyzed))
        {
            analyzed = new Analyzed(project, await FindAsync(project.Solution, cancellationToken));
            _analyzed.Add(texts, analyzed);
        }

        return analyzed;
    }

    private async Task<List<Found>> FindAsync(Solution solution, CancellationToken cancellationToken)
    {
        var analyzers = GetDiagnosticAnalyzers().DefaultIfEmpty(new EmptyDiagnosticAnalyzer()).ToImmutableArray();
        var found = new List<Found>();
        foreach (var project in solution.Projects)
        {
            var compilation = (await project.GetCompilationAsync(cancellationToken))!;
            var analysis = compilation.WithAnalyzers(
                analyzers,
                new CompilationWithAnalyzersOptions(
                    GetAnalyzerOptions(project),
                    onAnalyzerException: null,
                    concurrentAnalysis: true,
                    logAnalyzerExecutionTime: false,
                    reportSuppressedDiagnostics: true));
            var result = await analysis.GetAnalysisResultAsync(cancellationToken);
            var nonLocal = result.CompilationDiagnostics.Values.SelectMany(diagnostics => diagnostics).ToHashSet();
            found.AddRange(
                from diagnostic in compilation.GetDiagnostics(cancellationToken).Concat(result.GetAllDiagnostics())
                where !Found.IsSilenced(diagnostic)
                where !diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler)
                    || IsCompilerDiagnosticIncluded(diagnostic, CompilerDiagnostics)
                select new Found(project, diagnostic, nonLocal.Contains(diagnostic)));
        }

        return Found.Sorted(found);
    }

    private protected async Task VerifyDiagnosticsAsync(
        SolutionState state,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        await CheckAsync(state, state.ExpectedDiagnostics, verifier, cancellationToken);

        var excluded = state.ExpectedDiagnostics.Where(expected => IsExcludable(expected, state)).ToArray();
        if (excluded.Length == 0)
            return;

        if (!TestBehaviors.HasFlag(TestBehaviors.SkipGeneratedCodeCheck)
            && !GetDiagnosticAnalyzers().All(GeneratedCodeConfiguration.IsConfiguredBy))
        {
            await CheckAsync(
                state.WithFirstLine(" // <auto-generated>"),
                Shifted(state, expected => !IsExcludable(expected, state)),
                verifier.PushContext("Verifying exclusions in <auto-generated> code"),
                cancellationToken);
        }

        if (!TestBehaviors.HasFlag(TestBehaviors.SkipSuppressionCheck))
        {
            var ids = string.Join(", ", excluded.Select(expected => expected.Id).Distinct());
            await CheckAsync(
                state.WithFirstLine("#pragma warning disable " + ids),
                Shifted(state, expected => !IsSuppressible(expected, state) && expected.IsSuppressed != true),
                verifier.PushContext("Verifying exclusions in '#pragma warning disable' code"),
                cancellationToken);
        }
    }

    private static ReportDiagnostic Switch(DiagnosticSeverity severity) =>
        severity switch
        {
            DiagnosticSeverity.Hidden => ReportDiagnostic.Hidden,
            DiagnosticSeverity.Info => ReportDiagnostic.Info,
            DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
            _ => ReportDiagnostic.Error,
        };

    private static List<DiagnosticResult> Shifted(SolutionState state, Func<DiagnosticResult, bool> remains) =>
    [
        .. state.ExpectedDiagnostics
            .Where(remains)
            .Select(expected => IsInTestProject(expected, state) ? expected.WithLineOffset(1) : expected),
    ];

    private static bool IsInTestProject(DiagnosticResult expected, SolutionState state) =>
        expected.HasLocation && state.Sources.Any(source => source.filename == expected.Spans[0].Span.Path);

    private bool IsExcludable(DiagnosticResult expected, SolutionState state) =>
        IsInTestProject(expected, state) && DescriptorsOf(expected.Id).Any();

    private bool IsSuppressible(DiagnosticResult expected, SolutionState state) =>
        IsExcludable(expected, state) && !DescriptorsOf(expected.Id).Any(
            descriptor => descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));

    private IEnumerable<DiagnosticDescriptor> DescriptorsOf(string id) =>
        GetDiagnosticAnalyzers()
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Where(descriptor => descriptor.Id == id);

    private async Task CheckAsync(
        SolutionState state,
        IReadOnlyList<DiagnosticResult> expected,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        var analyzed = await AnalyzeAsync(CreateProject(state), cancellationToken);
        new DiagnosticCheck(verifier, DiagnosticVerifier).Verify(expected, analyzed.Diagnostics);
    }

    private Solution AddProject(Solution solution, ProjectId id, ProjectState state, bool isPrimary)
    {
        var references = state.ReferenceAssemblies ?? ReferenceAssemblies;
        solution = solution.AddProject(id, state.Name, state.AssemblyName, state.Language);
        var project = solution.GetProject(id)!;
        var compilationOptions = isPrimary ? CreateCompilationOptions() : project.CompilationOptions!;
        var parseOptions = isPrimary ? CreateParseOptions() : project.ParseOptions!;
        solution = solution
            .WithProjectCompilationOptions(id, compilationOptions
                .WithOutputKind(state.OutputKind ?? OutputKind.DynamicallyLinkedLibrary)
                .WithXmlReferenceResolver(new XmlTexts(XmlReferences))
                .WithAssemblyIdentityComparer(references.AssemblyIdentityComparer))
            .WithProjectParseOptions(id, parseOptions
                .WithDocumentationMode(state.DocumentationMode ?? DocumentationMode.Diagnose))
            .AddMetadataReferences(id, references.Resolved)
            .AddMetadataReferences(id, state.AdditionalReferences);
        foreach (var (path, text) in state.Sources)
        {
            var (name, folders) = DocumentPath.Split(state.DefaultPrefix, path);
            solution = solution.AddDocument(DocumentId.CreateNewId(id, path), name, text, folders, path);
        }

        foreach (var (path, text) in state.AdditionalFiles)
        {
            var (name, folders) = DocumentPath.Split(state.DefaultPrefix, path);
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id, path), name, text, folders, path);
        }

        foreach (var (path, text) in state.AnalyzerConfigFiles)
        {
            var (name, folders) = DocumentPath.Split(state.DefaultPrefix, path);
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id, path), name, text, folders, path);
        }

        return solution;
    }
}
