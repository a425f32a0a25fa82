using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Rules;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The rules that exist, read from the shipped assemblies.</summary>
internal static class ShippedRules
{
    /// <summary>The fields of <see cref="Descriptors"/>, by stem.</summary>
    public static IReadOnlyDictionary<string, DiagnosticDescriptor> ByStem { get; } =
        typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .ToDictionary(field => field.Name, field => (DiagnosticDescriptor)field.GetValue(null)!);

    public static ImmutableArray<Type> AnalyzerTypes { get; } =
        [.. Concrete(typeof(ScopedTasksAnalyzer).Assembly, typeof(DiagnosticAnalyzer))];

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
        [.. AnalyzerTypes.Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>The descriptors that an analyzer reports, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Implemented { get; } =
    [
        .. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Distinct()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    public static string StemOf(DiagnosticDescriptor descriptor) =>
        ByStem.First(entry => entry.Value.Id == descriptor.Id).Key;

    internal static IEnumerable<Type> Concrete(Assembly assembly, Type ancestor) =>
        assembly.GetTypes().Where(type => !type.IsAbstract && ancestor.IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal);
}
