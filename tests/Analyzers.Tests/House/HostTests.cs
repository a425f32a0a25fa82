using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Rules;
using ScopedTasks.CodeFixes.Building;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The assemblies under test are the shipped ones, on the Roslyn that the test project names.</summary>
public class HostTests
{
    [Theory]
    [InlineData(typeof(Compilation))]
    [InlineData(typeof(CSharpCompilation))]
    [InlineData(typeof(Workspace))]
    public void The_Roslyn_that_runs_is_the_one_that_the_project_names(Type type) =>
        Assert.Equal(Version.Parse(Repository.Roslyn + ".0"), type.Assembly.GetName().Version);

    [Theory]
    [InlineData(typeof(ScopedTasksAnalyzer))]
    [InlineData(typeof(CodeFix))]
    public void The_shipped_assemblies_ask_for_the_oldest_Roslyn(Type type)
    {
        var asked = type.Assembly.GetReferencedAssemblies()
            .Where(reference => reference.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(asked);
        Assert.All(asked, reference => Assert.Equal(new Version(4, 5, 0, 0), reference.Version));
    }

    [Theory]
    [InlineData(typeof(ScopedTasksAnalyzer))]
    [InlineData(typeof(CodeFix))]
    public void They_are_to_the_byte_what_the_package_takes(Type type) =>
        Assert.Equal(
            File.ReadAllBytes(Repository.BuiltAssembly(type.Assembly.GetName().Name!)),
            File.ReadAllBytes(type.Assembly.Location));
}
