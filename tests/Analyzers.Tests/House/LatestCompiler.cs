using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>
/// Runs a check on the SDK's compiler: our sources are written in its C#, which the Roslyn we ship for cannot read.
/// </summary>
/// <remarks>
/// The check's assembly and the analyzers are loaded a second time, beside the first, and bound to that compiler; so
/// a check is a static method, and only framework types pass between the two.
/// </remarks>
internal sealed class LatestCompiler : AssemblyLoadContext
{
    private static readonly LatestCompiler Instance = new();

    private LatestCompiler()
        : base(nameof(LatestCompiler))
    {
    }

    public static string[] Run(Func<string[]> check) => (string[])Invoke(check, []);

    public static string[] Run<T>(Func<T, string[]> check, T argument) => (string[])Invoke(check, [argument]);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var folder = assemblyName.Name switch
        {
            "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" => Repository.Compiler,
            "ScopedTasks.Analyzers" or "ScopedTasks.Analyzers.Tests" => AppContext.BaseDirectory,
            _ => null,
        };
        return folder is null ? null : LoadFromAssemblyPath(Path.Combine(folder, assemblyName.Name + ".dll"));
    }

    private static object Invoke(Delegate check, object?[] arguments)
    {
        var declared = check.Method;
        var type = Instance.LoadFromAssemblyName(declared.DeclaringType!.Assembly.GetName())
            .GetType(declared.DeclaringType.FullName!, throwOnError: true)!;
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var method = type.GetMethod(declared.Name, Static)
            ?? throw new ArgumentException($"'{declared.Name}' is not a static method of '{type.FullName}'.");
        return method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }
}
