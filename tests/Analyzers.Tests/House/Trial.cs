using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Compiles code as a project that references the runtime would, and asks all our analyzers.</summary>
internal static class Trial
{
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using ScopedTasks;
        """;

    public static ImmutableArray<MetadataReference> Framework { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal)
                    || name is "mscorlib" or "netstandard" or "Microsoft.Win32.Primitives"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The framework and the runtime.</summary>
    public static CSharpCompilation Usual { get; } = Beside(
        Framework.Add(MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "ScopedTasks.dll"))));

    public static CSharpParseOptions Syntax { get; } =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>Compiles with the framework and the runtime; a program if there are top-level statements.</summary>
    public static CSharpCompilation Compile(IEnumerable<SourceFile> files) => Compile(files, Usual);

    /// <summary>Compiles with the references of an empty compilation, read once for all that share it.</summary>
    public static CSharpCompilation Compile(IEnumerable<SourceFile> files, CSharpCompilation references)
    {
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, Syntax, file.Path)).ToArray();
        return references.WithOptions(OptionsFor(trees)).AddSyntaxTrees(trees);
    }

    public static CSharpCompilation Compile(params string[] texts) =>
        Compile(texts.Append(GlobalUsings).Select((text, index) => new SourceFile($"File{index}.cs", text)));

    /// <summary>An empty compilation with these references.</summary>
    public static CSharpCompilation Beside(IEnumerable<MetadataReference> references)
    {
        var empty = CSharpCompilation.Create("Trial", [], references, OptionsFor([]));
        empty.GetSpecialType(SpecialType.System_Object);
        return empty;
    }

    /// <summary>All reports of ours; an exception of an analyzer is one too, with its stack.</summary>
    public static Task<ImmutableArray<Diagnostic>> Reports(
        Compilation compilation, CancellationToken cancellationToken = default) =>
        Reports(compilation, analysis => analysis.GetAnalyzerDiagnosticsAsync(cancellationToken));

    /// <summary>The reports of ours and of the compiler, which binds everything once for both.</summary>
    public static Task<ImmutableArray<Diagnostic>> AllReports(
        Compilation compilation, CancellationToken cancellationToken) =>
        Reports(compilation, analysis => analysis.GetAllDiagnosticsAsync(cancellationToken));

    private static async Task<ImmutableArray<Diagnostic>> Reports(
        Compilation compilation, Func<CompilationWithAnalyzers, Task<ImmutableArray<Diagnostic>>> ask)
    {
        var crashes = new ConcurrentQueue<Diagnostic>();
        var analysis = compilation.WithAnalyzers(
            ShippedRules.Analyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                (exception, analyzer, _) => crashes.Enqueue(Crash(exception, analyzer)),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        var reports = await ask(analysis);
        return [.. reports.OrderBy(report => report.Location.SourceSpan.Start), .. crashes];
    }

    public static bool IsCrash(Diagnostic diagnostic) => diagnostic.Id == "AD0001";

    private static CSharpCompilationOptions OptionsFor(IEnumerable<SyntaxTree> trees)
    {
        var isProgram = trees.Any(tree =>
            ((CompilationUnitSyntax)tree.GetRoot()).Members.Any(SyntaxKind.GlobalStatement));
        return new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: ShippedRules.Implemented.Where(rule => !rule.IsEnabledByDefault)
                .Select(rule => new KeyValuePair<string, ReportDiagnostic>(rule.Id, ReportDiagnostic.Info)));
    }

    private static Diagnostic Crash(Exception exception, DiagnosticAnalyzer analyzer) =>
        Diagnostic.Create("AD0001", "Compiler", $"{analyzer}: {exception}", DiagnosticSeverity.Error,
            DiagnosticSeverity.Error, isEnabledByDefault: true, warningLevel: 0);
}
