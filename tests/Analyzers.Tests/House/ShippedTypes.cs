using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ScopedTasks.Analyzers.Rules;
using ScopedTasks.CodeFixes.Building;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What is wrong with the class of an analyzer or of a fix.</summary>
internal static class ShippedTypes
{
    public static IEnumerable<string> AnalyzerViolations(Type type)
    {
        if (!type.IsSealed)
        {
            yield return $"{type.FullName} is not sealed";
        }

        if (!typeof(ScopedTasksAnalyzer).IsAssignableFrom(type))
        {
            yield return $"{type.FullName} is not built on {nameof(ScopedTasksAnalyzer)}";
        }

        if (type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages is not [LanguageNames.CSharp])
        {
            yield return $"{type.FullName} is not declared as an analyzer of C#";
        }
    }

    public static IEnumerable<string> FixViolations(Type type)
    {
        if (!type.IsSealed)
        {
            yield return $"{type.FullName} is not sealed";
        }

        if (!typeof(CodeFix).IsAssignableFrom(type))
        {
            yield return $"{type.FullName} is not built on Building/CodeFix";
        }

        if (type.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages is not [LanguageNames.CSharp])
        {
            yield return $"{type.FullName} is not exported for C#";
        }

        // [Shared] drags a newer composition library in than the oldest supported host has.
        if (type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "SharedAttribute"))
        {
            yield return $"{type.FullName} is marked as shared";
        }
    }
}
