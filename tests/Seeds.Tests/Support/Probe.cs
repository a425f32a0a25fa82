using System;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Seeds.Tests.Support;

/// <summary>Asks the compiler whether somebody could write a statement in the body of a group.</summary>
internal static class Probe
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The first error; null if it compiles.</summary>
    public static string? ErrorOf(string statement)
    {
        var code = $$"""
            using System.Collections.Generic;
            using ScopedTasks;

            class Code
            {
                static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
                {
                    await Coroutine.Yield();
                    {{statement}}
                });

                static async Coroutine Work() => await Coroutine.Yield();

                static async IAsyncEnumerable<int> Ticks()
                {
                    await Coroutine.Yield();
                    yield return 1;
                }
            }
            """;
        var compilation = CSharpCompilation.Create(
            "Probe",
            [CSharpSyntaxTree.ParseText(code)],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return compilation.GetDiagnostics()
            .FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)?.Id;
    }
}
