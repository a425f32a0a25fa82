using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ScopedTasks.Analyzers.Tests.Flow;

/// <summary>A source compiled against the framework of the tests, and the place that it marks.</summary>
internal sealed record Compiled(CSharpCompilation Compilation, SyntaxTree Tree, TextSpan Span)
{
    private static readonly IReadOnlyList<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToList();

    private const string Usings =
        "using System; using System.Collections.Generic; using System.Linq; using System.Net.Sockets; "
        + "using System.Threading; using System.Threading.Channels; using System.Threading.Tasks;\n";

    public SemanticModel Model => Compilation.GetSemanticModel(Tree);

    public SyntaxNode Node => Tree.GetRoot().FindNode(Span, getInnermostNodeForTie: true);

    public static Compiled Of(string marked)
    {
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        var end = marked.IndexOf("|]", StringComparison.Ordinal);
        var text = start < 0 ? marked : marked.Remove(end, 2).Remove(start, 2);
        var tree = CSharpSyntaxTree.ParseText(Usings + text, path: "Test.cs");
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);
        var compilation = CSharpCompilation.Create("Test", [tree], References, options);
        return new(compilation, tree, start < 0 ? default : new(Usings.Length + start, end - start - 2));
    }
}
