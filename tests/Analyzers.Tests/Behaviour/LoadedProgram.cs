using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>A program, what it wrote so far, and a runtime whose static state is nobody else's.</summary>
internal sealed class LoadedProgram() : AssemblyLoadContext(nameof(LoadedProgram), isCollectible: true)
{
    private static readonly string Runtime = Path.Combine(AppContext.BaseDirectory, "ScopedTasks.dll");

    /// <summary>Whoever reads or writes it locks it.</summary>
    public StringBuilder Text { get; } = new();

    protected override Assembly? Load(AssemblyName name) =>
        name.Name == "ScopedTasks" ? LoadFromAssemblyPath(Runtime) : null;
}
