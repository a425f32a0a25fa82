namespace ScopedTasks.Analyzers.Symbols;

/// <summary>Decides by its name whether a tool wrote a file, so that nobody edits or reads it.</summary>
internal static class GeneratedFiles
{
    private static readonly string[] Endings =
        [".g.cs", ".g.i.cs", ".designer.cs", ".generated.cs", ".AssemblyAttributes.cs"];

    public static bool Have(SyntaxTree tree) => Endings.Any(ending =>
        tree.FilePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
