using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Compiles our own projects from their sources; to be used on the compiler that can read them.</summary>
internal static class OwnSources
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithDocumentationMode(DocumentationMode.Parse)
        .WithPreprocessorSymbols("NET", "NET5_0_OR_GREATER", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER",
            "NET8_0_OR_GREATER");

    // What this process runs on: the framework, Roslyn, xunit, and our own assemblies, which the sources replace.
    private static readonly string[] Loaded =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    private static readonly MetadataReference[] Libraries =
    [
        .. Loaded.Where(path => !Name(path).StartsWith("ScopedTasks", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly MetadataReference[] Framework =
    [
        .. Loaded.Where(path => Name(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name is "mscorlib" or "netstandard" or "Microsoft.Win32.Primitives"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The runtime, which sees the framework and nothing else.</summary>
    public static CSharpCompilation Runtime() => Compile("runtime", "ScopedTasks", Framework);

    public static CSharpCompilation Analyzers() => Compile("src", "ScopedTasks.Analyzers", Libraries);

    public static CSharpCompilation CodeFixes() =>
        Compile("src.CodeFixes", "ScopedTasks.CodeFixes", Libraries, Analyzers());

    /// <summary>Every project of ours, the tests and the seed programs too.</summary>
    public static IEnumerable<CSharpCompilation> All()
    {
        var runtime = Runtime();
        var analyzers = Analyzers();
        var fixes = Compile("src.CodeFixes", "ScopedTasks.CodeFixes", Libraries, analyzers);
        var demo = Compile("tests/Demo", "ScopedTasks.Demo", Libraries);
        return
        [
            runtime,
            analyzers,
            fixes,
            Compile("tests/Analyzers.Tests", "ScopedTasks.Analyzers.Tests", Libraries, runtime, analyzers, fixes),
            Compile("tests/Runtime.Tests", "ScopedTasks.Runtime.Tests", Libraries, runtime),
            Compile("tests/Samples/Seeds", "Seeds", Libraries, runtime),
            demo,
            Compile("tests/Package.Tests", "ScopedTasks.Package.Tests", Libraries, demo),
        ];
    }

    /// <summary>What keeps the names of a compilation from being resolved.</summary>
    public static IEnumerable<string> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{compilation.AssemblyName}: {diagnostic}");

    private static CSharpCompilation Compile(
        string folder, string name, MetadataReference[] libraries, params Compilation[] projects)
    {
        SyntaxTree[] trees =
        [
            .. Repository.Sources(folder).Select(file => CSharpSyntaxTree.ParseText(file.Text, Options, file.Path)),
            CSharpSyntaxTree.ParseText(Friends(name), Options),
        ];
        var kind = trees.Any(IsProgram) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var options = new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create(
            name, trees, libraries.Concat(projects.Select(project => project.ToMetadataReference())), options);
    }

    private static bool IsProgram(SyntaxTree tree) =>
        tree.GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));

    // The projects say this in their project files.
    private static string Friends(string name) => name switch
    {
        "ScopedTasks" => Friend("ScopedTasks.Runtime.Tests"),
        "ScopedTasks.Analyzers" => Friend("ScopedTasks.CodeFixes") + Friend("ScopedTasks.Analyzers.Tests"),
        "ScopedTasks.CodeFixes" => Friend("ScopedTasks.Analyzers.Tests"),
        _ => "",
    };

    private static string Friend(string name) =>
        $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{name}\")]\n";

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path);
}
