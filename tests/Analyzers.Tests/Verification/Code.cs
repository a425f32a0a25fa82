using System.Collections.Immutable;
using System.IO;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>What the code of a test is compiled with; the defaults are those of a new .NET 8 library.</summary>
public sealed record Code
{
    public static Code Default { get; } = new();

    /// <summary>Top-level statements are allowed.</summary>
    public static Code Program { get; } = new() { Output = OutputKind.ConsoleApplication };

    /// <summary>The project does not reference the runtime library: only fixes to the BCL are possible.</summary>
    public static Code WithoutRuntime { get; } = new() { Runtime = false };

    /// <summary>The oldest language that fixes must write, with every <c>using</c> in the source itself.</summary>
    public static Code CSharp7 { get; } = new() { Language = LanguageVersion.CSharp7_3 };

    public static Code NetStandard { get; } = new()
    {
        Language = LanguageVersion.CSharp7_3,
        References = ReferenceAssemblies.NetStandard.NetStandard20,
        Runtime = false,
    };

    public static Code Framework { get; } = new()
    {
        Language = LanguageVersion.CSharp7_3,
        References = ReferenceAssemblies.NetFramework.Net472.Default,
        Runtime = false,
    };

    public static Code Net100 { get; } = new()
    {
        References = new ReferenceAssemblies(
            "net10.0",
            new PackageIdentity("Microsoft.NETCore.App.Ref", "10.0.0"),
            Path.Combine("ref", "net10.0")),
    };

    /// <summary>C# 11 is the newest that the oldest tested compiler parses.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp11;

    /// <summary>The preprocessor symbols of a project on a workbench.</summary>
    public ImmutableArray<string> Symbols { get; init; } = [];

    public ReferenceAssemblies References { get; init; } = ReferenceAssemblies.Net.Net80;

    /// <summary>Whether the compilation sees the ScopedTasks runtime.</summary>
    public bool Runtime { get; init; } = true;

    public OutputKind Output { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>Ignored below C# 8.</summary>
    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>Whether a second source holds the usual global usings; ignored below C# 10.</summary>
    public bool GlobalUsings { get; init; } = true;

    /// <summary>The lines of an <c>.editorconfig</c> for all C# files, without a section header.</summary>
    public string? EditorConfig { get; init; }

    /// <summary>More sources, by path (<c>/0/Other.cs</c>); markup counts in them too.</summary>
    public ImmutableArray<(string Path, string Text)> Sources { get; init; } = [];

    /// <summary>What <see cref="Sources"/> are after the fix, where it changes them.</summary>
    public ImmutableArray<(string Path, string Text)> FixedSources { get; init; } = [];

    public ImmutableArray<(string Path, string Text)> AdditionalFiles { get; init; } = [];

    public ImmutableArray<MetadataReference> AdditionalReferences { get; init; } = [];

    /// <summary>From which severity on the compiler's diagnostics must be marked.</summary>
    public CompilerDiagnostics Compiler { get; init; } = CompilerDiagnostics.Errors;

    /// <summary>Compiler warnings that a fix may add; it may add no other.</summary>
    public ImmutableArray<string> NewWarnings { get; init; } = [];

    /// <summary>Ids that are switched off.</summary>
    public ImmutableArray<string> Disabled { get; init; } = [];
}
