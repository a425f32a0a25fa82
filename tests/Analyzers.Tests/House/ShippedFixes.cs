using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CodeFixes;
using ScopedTasks.CodeFixes.Building;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The code fixes that exist; apart from the rules, because the compiler alone has no code fixes.</summary>
internal static class ShippedFixes
{
    public static ImmutableArray<Type> Types { get; } =
        [.. ShippedRules.Concrete(typeof(CodeFix).Assembly, typeof(CodeFixProvider))];

    public static ImmutableArray<CodeFixProvider> All { get; } =
        [.. Types.Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    /// <summary>The names of a fix's plans, in menu order.</summary>
    public static string[] PlansOf(CodeFixProvider fix) => [.. ((CodeFix)fix).Plans.Select(plan => plan.Name)];
}
