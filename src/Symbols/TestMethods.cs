namespace ScopedTasks.Analyzers.Symbols;

/// <summary>Decides whether code belongs to a test: a method that a test framework runs.</summary>
internal static class TestMethods
{
    private const string Benchmark = "BenchmarkAttribute";

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "FactAttribute", "TheoryAttribute", "TestAttribute", "TestCaseAttribute", "TestCaseSourceAttribute",
        "TestMethodAttribute", "DataTestMethodAttribute", "PropertyAttribute", Benchmark,
    };

    // What a framework runs around its tests, and waits for where it is given a task.
    private static readonly HashSet<string> Around = new(StringComparer.Ordinal)
    {
        "SetUpAttribute", "TearDownAttribute", "OneTimeSetUpAttribute", "OneTimeTearDownAttribute",
        "TestInitializeAttribute", "TestCleanupAttribute", "ClassInitializeAttribute", "ClassCleanupAttribute",
        "AssemblyInitializeAttribute", "AssemblyCleanupAttribute", "GlobalSetupAttribute", "GlobalCleanupAttribute",
    };

    private static readonly HashSet<string> Frameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        "xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework",
        "MSTest.TestFramework", "TUnit.Core",
    };

    /// <summary>Whether a compilation is one of tests, which nothing but their framework calls.</summary>
    public static bool AreIn(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(static assembly => Frameworks.Contains(assembly.Name));

    /// <summary>Whether a test framework calls the method: a test, or what prepares and cleans up.</summary>
    public static bool AreRun(IMethodSymbol method) =>
        IsTest(method)
        || method.GetAttributes().Any(static attribute =>
            attribute.AttributeClass is { } type && Around.Contains(type.Name));

    /// <summary>Whether the test around the code gives its framework nothing to wait for.</summary>
    /// <remarks>A benchmark is none: what it drops, it does not measure.</remarks>
    public static bool IsSynchronous(ISymbol? symbol)
    {
        var member = symbol;
        while (member?.ContainingSymbol is not (null or INamedTypeSymbol))
        {
            member = member.ContainingSymbol;
        }

        return member is IMethodSymbol { ReturnsVoid: true, IsAsync: false }
            && IsTest(member)
            && !member.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == Benchmark);
    }

    /// <summary>Whether a method is, by its name, an assertion, which holds only once it was waited for.</summary>
    public static bool IsAssertion(IMethodSymbol method) =>
        method.ContainingType.Name.StartsWith("Assert", StringComparison.Ordinal)
        || method.ContainingType.Name.StartsWith("Should", StringComparison.Ordinal)
        || method.Name.IndexOf("Throw", StringComparison.Ordinal) >= 0;

    public static bool IsTest(ISymbol? symbol)
    {
        for (var current = symbol; current is not (null or INamedTypeSymbol); current = current.ContainingSymbol)
        {
            foreach (var attribute in current.GetAttributes())
            {
                for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
                {
                    if (Attributes.Contains(type.Name)
                        || (type.TypeKind == TypeKind.Error && Attributes.Contains(type.Name + "Attribute")))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
