using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>How a test's <see cref="Code"/> becomes the sources, options and references of its project.</summary>
internal static class CodeProject
{
    /// <summary>The net8.0 build of the runtime, beside the tests.</summary>
    private static readonly MetadataReference Runtime = MetadataReference.CreateFromFile(
        Path.Combine(Path.GetDirectoryName(typeof(CodeProject).Assembly.Location)!, "ScopedTasks.dll"));

    private const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static void Describe(
        AnalyzerTest<DefaultVerifier> test,
        Code code,
        string source,
        IEnumerable<DiagnosticDescriptor> rules)
    {
        test.ReferenceAssemblies = code.References;
        test.CompilerDiagnostics = code.Compiler;
        test.DisabledDiagnostics.AddRange(code.Disabled);
        test.SolutionTransforms.Add((solution, id) => WithOptions(solution, id, code));

        var state = test.TestState;
        state.OutputKind = code.Output;
        state.Sources.Add(source);
        AddBeside(state, code, code.Sources);
        foreach (var file in code.AdditionalFiles)
            state.AdditionalFiles.Add(file);
        state.AdditionalReferences.AddRange(ReferencesOf(code));
        if (EditorConfig(code, rules) is { } config)
            state.AnalyzerConfigFiles.Add(("/0/.editorconfig", config));
    }

    public static void DescribeFixed(SolutionState state, Code code, string source)
    {
        // What is still marked after the fix is still reported.
        state.MarkupHandling = MarkupMode.Allow;
        state.Sources.Add(source);
        AddBeside(state, code, code.FixedSources.IsEmpty ? code.Sources : code.FixedSources);
    }

    /// <summary>These other sources, and the global usings where the code has them.</summary>
    public static IEnumerable<(string Path, string Text)> SourcesBeside(
        Code code,
        IEnumerable<(string Path, string Text)> others) =>
        code.GlobalUsings && code.Language >= LanguageVersion.CSharp10
            ? others.Append(("/0/GlobalUsings.cs", GlobalUsings))
            : others;

    /// <summary>The references beside the reference assemblies.</summary>
    public static IEnumerable<MetadataReference> ReferencesOf(Code code) =>
        code.Runtime ? code.AdditionalReferences.Add(Runtime) : code.AdditionalReferences;

    /// <summary>The text of the <c>.editorconfig</c>, where one is needed.</summary>
    public static string? EditorConfig(Code code, IEnumerable<DiagnosticDescriptor> rules)
    {
        // Roslyn 4.5 takes no notice of compilation options that switch on a rule which is off by default.
        var switches = rules
            .Where(rule => !rule.IsEnabledByDefault)
            .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {Word(rule.DefaultSeverity)}");
        var lines = string.Join("\n", code.EditorConfig is { } own ? switches.Append(own) : switches);
        return lines == "" ? null : $"root = true\n\n[*.cs]\n{lines}\n";
    }

    /// <summary>The project with the code's language version and nullable context.</summary>
    public static Solution WithOptions(Solution solution, ProjectId id, Code code)
    {
        var project = solution.GetProject(id)!;
        var parsing = (CSharpParseOptions)project.ParseOptions!;
        var compiling = (CSharpCompilationOptions)project.CompilationOptions!;
        var nullable = code.Language >= LanguageVersion.CSharp8 ? code.Nullable : NullableContextOptions.Disable;
        return solution
            .WithProjectParseOptions(id, parsing.WithLanguageVersion(code.Language))
            .WithProjectCompilationOptions(id, compiling.WithNullableContextOptions(nullable));
    }

    private static void AddBeside(SolutionState state, Code code, IEnumerable<(string Path, string Text)> others)
    {
        foreach (var other in SourcesBeside(code, others))
            state.Sources.Add(other);
    }

    private static string Word(DiagnosticSeverity severity) =>
        severity switch
        {
            DiagnosticSeverity.Hidden => "silent",
            DiagnosticSeverity.Info => "suggestion",
            _ => severity.ToString().ToLowerInvariant(),
        };
}
