using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using ScopedTasks.Analyzers.Rules;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>One row of a table of APIs, as every table has it.</summary>
/// <param name="Table">The type that holds the table.</param>
/// <param name="Type">The metadata name of the type that the row speaks of.</param>
/// <param name="Member">The member's name; null or <c>*</c> where the row speaks of the whole type.</param>
/// <param name="Parameter">The type name of a parameter that picks an overload; null for all.</param>
/// <param name="Package">The package that holds the type; null for the framework and our runtime.</param>
internal sealed record ApiRow(string Table, string Type, string? Member, string? Parameter, string? Package);

/// <summary>Whether the rows of the tables in <c>src/Apis</c> name types and members that exist.</summary>
internal static class ApiTables
{
    /// <summary>The rows of every static collection in the namespace of the tables.</summary>
    public static IEnumerable<ApiRow> Rows() =>
        from type in typeof(ScopedTasksAnalyzer).Assembly.GetTypes()
        where type.Namespace == "ScopedTasks.Analyzers.Apis"
        from property in type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
        from row in ((IEnumerable)property.GetValue(null)!).Cast<object>()
        select new ApiRow(
            type.Name, Text(row, "Type") ?? "", Text(row, "Member"), Text(row, "Parameter"), Text(row, "Package"));

    public static string? Violation(ApiRow row, Compilation compilation)
    {
        var where = row.Package is null ? "" : $" in {row.Package}";
        var types = compilation.GetTypesByMetadataName(row.Type);
        if (types.IsEmpty)
        {
            return $"{row.Table}: {row.Type} does not exist{where}";
        }

        var members = row.Member switch
        {
            null => types.Cast<ISymbol>().ToArray(),
            "*" => [.. types.SelectMany(type => type.GetMembers())],
            _ => types.SelectMany(type => MembersOf(type, row.Member)).ToArray(),
        };
        if (members.Length == 0)
        {
            return $"{row.Table}: {row.Type} has no member {row.Member}{where}";
        }

        return row.Parameter is null || members.OfType<IMethodSymbol>().Any(method =>
                method.Parameters.Any(parameter => parameter.Type.Name == row.Parameter))
            ? null
            : $"{row.Table}: no {row.Type}.{row.Member} takes {row.Parameter}{where}";
    }

    private static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type, string name)
    {
        var members = type.AllInterfaces.SelectMany(contract => contract.GetMembers(name));
        for (var current = type; current is not null; current = current.BaseType)
        {
            members = members.Concat(current.GetMembers(name));
        }

        return members;
    }

    private static string? Text(object row, string property) =>
        row.GetType().GetProperty(property)?.GetValue(row)?.ToString();
}
