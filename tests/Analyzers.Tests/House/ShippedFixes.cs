using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The code fixes that exist; apart from the rules, because the compiler alone has no code fixes.</summary>
internal static class ShippedFixes
{
    public static ImmutableArray<Type> Types { get; } =
        [.. ShippedRules.Concrete(Assembly.Load("ScopedTasks.CodeFixes"), typeof(CodeFixProvider))];

    public static ImmutableArray<CodeFixProvider> All { get; } =
        [.. Types.Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];
}
