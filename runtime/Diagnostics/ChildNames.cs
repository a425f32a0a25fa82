using System;

namespace ScopedTasks;

/// <summary>Decides what a child is called that was given no name: as its method is called in the source.</summary>
internal static class ChildNames
{
    /// <summary>The name of a child.</summary>
    /// <param name="label">Its name, its delegate, or null.</param>
    /// <returns>A local function's own name, for a lambda that of the method it is in; null if there is none.</returns>
    public static string? Of(object? label) => label switch
    {
        Delegate work => Unmangle(work.Method.Name),
        _ => label as string,
    };

    /// <summary>The name of the async method that the compiler made a state machine of.</summary>
    public static string OfStateMachine(Type type)
    {
        // "<Method>d__3", and for what has a mangled name itself "<<Method>g__Local|0_1>d".
        var name = type.Name;
        var end = name.LastIndexOf('>');
        return end > 0 ? Unmangle(name.Substring(1, end - 1)) : name;
    }

    // Compilers call a lambda "<Method>b__0_1", and a local function "<Method>g__Local|0_1".
    private static string Unmangle(string name)
    {
        if (!name.StartsWith("<", StringComparison.Ordinal))
            return name;
        var local = name.LastIndexOf(">g__", StringComparison.Ordinal);
        var lambda = name.LastIndexOf(">b__", StringComparison.Ordinal);
        if (local > lambda && name.IndexOf('|', local) is var end and > 0)
            return name.Substring(local + 4, end - local - 4);
        if (lambda > 0)
            return Unmangle(name.Substring(1, lambda - 1));
        return name.Trim('<', '>', '$');
    }
}
