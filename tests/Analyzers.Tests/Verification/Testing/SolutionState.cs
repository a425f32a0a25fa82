using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The test project, the projects beside it, and the diagnostics that they must report.</summary>
public class SolutionState : ProjectState
{
    public SolutionState(string name, string language, string defaultPrefix, string defaultExtension)
        : base(name, language, defaultPrefix, defaultExtension) =>
        AdditionalProjects = new ProjectCollection(language, defaultExtension);

    public ProjectCollection AdditionalProjects { get; }

    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    public StateInheritanceMode? InheritanceMode { get; set; }

    public MarkupMode? MarkupHandling { get; set; }

    internal bool IsGiven =>
        InheritanceMode is not null
        || MarkupHandling is not null
        || Sources.Count > 0
        || GeneratedSources.Count > 0
        || AdditionalFiles.Count > 0
        || AnalyzerConfigFiles.Count > 0
        || AdditionalFilesFactories.Count > 0;

    public SolutionState WithInheritedValuesApplied(SolutionState? baseState, ImmutableArray<string> fixableDiagnostics)
    {
        var (inheritance, markup) = ModesAfter(baseState);
        var result = new SolutionState(Name, Language, DefaultPrefix, DefaultExtension)
        {
            MarkupHandling = MarkupHandling ?? markup,
            InheritanceMode = StateInheritanceMode.Explicit,
        };
        result.CopyOptionsFrom(this);

        var source = (InheritanceMode ?? inheritance) == StateInheritanceMode.Explicit ? null : baseState;
        if (source is not null)
            result.CopyOptionsFrom(source);

        Take(state => state.Sources);
        Take(state => state.GeneratedSources);
        Take(state => state.AnalyzerConfigFiles);
        Take(state => state.AdditionalProjectReferences);
        Take(state => state.AdditionalReferences);
        Take(state => state.AdditionalFiles);
        result.AdditionalFiles.AddRange(AdditionalFilesFactories.SelectMany(factory => factory()));
        foreach (var (name, project) in AdditionalProjects.Count == 0 && source is not null
            ? source.AdditionalProjects
            : AdditionalProjects)
        {
            result.AdditionalProjects.Add(name, project);
        }

        var inherited = source is null || ExpectedDiagnostics.Count > 0 ? [] : source.ExpectedDiagnostics.Where(
            diagnostic => (InheritanceMode ?? inheritance) != StateInheritanceMode.AutoInherit
                || !fixableDiagnostics.Contains(diagnostic.Id));
        result.ExpectedDiagnostics.AddRange(inherited.Concat(ExpectedDiagnostics));
        return result;

        void Take<T>(Func<SolutionState, List<T>> list) =>
            list(result).AddRange(list(this) is { Count: 0 } && source is not null ? list(source) : list(this));
    }

    public SolutionState WithProcessedMarkup(
        MarkupOptions markupOptions,
        DiagnosticDescriptor? defaultDiagnostic,
        ImmutableArray<DiagnosticDescriptor> supportedDiagnostics,
        ImmutableArray<string> fixableDiagnostics,
        string defaultPath)
    {
        var markup = new MarkupReader(
            MarkupHandling ?? MarkupMode.Allow,
            markupOptions,
            defaultDiagnostic,
            supportedDiagnostics,
            fixableDiagnostics);
        var result = WithTexts(this, markup.Read);
        result.ExpectedDiagnostics.AddRange(ExpectedDiagnostics
            .Select(diagnostic => diagnostic.WithDefaultPath(defaultPath))
            .Concat(markup.Diagnostics)
            .Select(diagnostic => diagnostic.WithMarkupLocations(markup.Locations)));
        return result;
    }

    /// <summary>The same state with a line put on top of each source of the test project.</summary>
    internal SolutionState WithFirstLine(string line)
    {
        var result = new SolutionState(Name, Language, DefaultPrefix, DefaultExtension);
        Copy(this, result, (_, text) => text);
        result.Sources.Clear();
        result.Sources.AddRange(Sources.Select(
            file => (file.filename, file.content.Replace(new TextSpan(0, 0), line + "\r\n"))));
        foreach (var (name, project) in AdditionalProjects)
            result.AdditionalProjects.Add(name, project);

        return result;
    }

    internal static bool HaveEqualTexts(ProjectState one, ProjectState other) =>
        HaveEqualTexts(one.Sources, other.Sources)
        && HaveEqualTexts(one.GeneratedSources, other.GeneratedSources)
        && HaveEqualTexts(one.AdditionalFiles, other.AdditionalFiles)
        && HaveEqualTexts(one.AnalyzerConfigFiles, other.AnalyzerConfigFiles);

    internal bool HasEqualTextsInAllProjects(SolutionState other) =>
        HaveEqualTexts(this, other)
        && AdditionalProjects.Count == other.AdditionalProjects.Count
        && AdditionalProjects.All(pair =>
            other.AdditionalProjects.TryGetValue(pair.Key, out var project) && HaveEqualTexts(pair.Value, project));

    private static bool HaveEqualTexts(SourceFileCollection one, SourceFileCollection other) =>
        one.Count == other.Count && one.Zip(other).All(pair =>
            pair.First.filename == pair.Second.filename
            && Equals(pair.First.content.Encoding, pair.Second.content.Encoding)
            && pair.First.content.ContentEquals(pair.Second.content));

    private static SolutionState WithTexts(SolutionState state, Func<string, SourceText, SourceText> change)
    {
        var result = new SolutionState(state.Name, state.Language, state.DefaultPrefix, state.DefaultExtension)
        {
            MarkupHandling = MarkupMode.None,
            InheritanceMode = StateInheritanceMode.Explicit,
        };
        Copy(state, result, change);
        foreach (var (name, project) in state.AdditionalProjects)
        {
            var copy = new ProjectState(name, project.Language, project.DefaultPrefix, project.DefaultExtension);
            Copy(project, copy, change);
            result.AdditionalProjects.Add(name, copy);
        }

        return result;
    }

    private static void Copy(ProjectState from, ProjectState to, Func<string, SourceText, SourceText> change)
    {
        to.CopyOptionsFrom(from);
        Texts(from.Sources, to.Sources);
        Texts(from.GeneratedSources, to.GeneratedSources);
        Texts(from.AdditionalFiles, to.AdditionalFiles);
        Texts(from.AdditionalFilesFactories.SelectMany(factory => factory()), to.AdditionalFiles);
        Texts(from.AnalyzerConfigFiles, to.AnalyzerConfigFiles);
        to.AdditionalProjectReferences.AddRange(from.AdditionalProjectReferences);
        to.AdditionalReferences.AddRange(from.AdditionalReferences);

        void Texts(IEnumerable<(string filename, SourceText content)> files, SourceFileCollection target) =>
            target.AddRange(files.Select(file => (file.filename, change(file.filename, file.content))));
    }

    private (StateInheritanceMode Inheritance, MarkupMode Markup) ModesAfter(SolutionState? baseState)
    {
        if (baseState is null)
            return (StateInheritanceMode.Explicit, MarkupMode.Allow);

        var inherits = InheritanceMode != StateInheritanceMode.Explicit;
        return Differs(Sources, baseState.Sources)
            || Differs(GeneratedSources, baseState.GeneratedSources)
            || Differs(AdditionalFiles, baseState.AdditionalFiles)
            || Differs(AnalyzerConfigFiles, baseState.AnalyzerConfigFiles)
            || (!inherits || AdditionalReferences.Count > 0)
                && !AdditionalReferences.SequenceEqual(baseState.AdditionalReferences)
            ? (StateInheritanceMode.AutoInherit, MarkupMode.IgnoreFixable)
            : (StateInheritanceMode.AutoInheritAll, baseState.MarkupHandling ?? MarkupMode.Allow);

        bool Differs(SourceFileCollection own, SourceFileCollection inherited) =>
            (!inherits || own.Count > 0) && !HaveEqualTexts(own, inherited);
    }
}
