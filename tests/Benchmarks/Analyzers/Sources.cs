using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Benchmarks.Analyzers;

/// <summary>Decides what is analyzed: compilations of sources, against what this process runs on.</summary>
internal static class Sources
{
    private static readonly CSharpParseOptions s_parsing = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Preview)
        .WithPreprocessorSymbols(
            "NET", "NET5_0_OR_GREATER", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER", "NET8_0_OR_GREATER",
            "NETCOREAPP", "NETCOREAPP3_1_OR_GREATER", "NETSTANDARD2_0_OR_GREATER", "NETSTANDARD2_1_OR_GREATER");

    private static readonly CSharpCompilationOptions s_library = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    // What many projects have switched on.
    private static readonly SyntaxTree s_usings = Parse(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """);

    private static readonly MetadataReference[] s_libraries =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>
    /// The C# projects below a folder, each without its packages: what these would bring is missing, and analyzers must
    /// live with that.
    /// </summary>
    public static List<Compilation> Projects(string folder)
    {
        var projects = Directory.GetFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetDirectoryName(project)! + Path.DirectorySeparatorChar)
            .Distinct()
            .ToList();
        return projects
            .Select(project => Compile(project, FilesOf(project, projects).Select(File.ReadAllText).Select(Parse)))
            .ToList();
    }

    /// <summary>A library of the given texts.</summary>
    public static Compilation Library(IEnumerable<string> texts) => Compile("Library", texts.Select(Parse));

    /// <summary>How long the sources are.</summary>
    public static int CountLines(IEnumerable<Compilation> compilations) =>
        compilations.SelectMany(compilation => compilation.SyntaxTrees).Sum(tree => tree.GetText().Lines.Count);

    // A project has no file of one that lies below it.
    private static IEnumerable<string> FilesOf(string project, List<string> projects)
    {
        var inner = projects
            .Where(other => other != project && other.StartsWith(project, StringComparison.Ordinal))
            .Append(project + "obj" + Path.DirectorySeparatorChar)
            .Append(project + "bin" + Path.DirectorySeparatorChar)
            .ToList();
        return Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories)
            .Where(file => !inner.Exists(other => file.StartsWith(other, StringComparison.Ordinal)));
    }

    private static Compilation Compile(string name, IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create(name, trees.Append(s_usings), s_libraries, s_library);

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_parsing);
}
