using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>One-line analyzer tests.</summary>
public class AnalyzerVerifier<TAnalyzer, TTest, TVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TTest : AnalyzerTest<TVerifier>, new()
    where TVerifier : IVerifier, new()
{
    public static DiagnosticResult Diagnostic() => Diagnostic(Only("()", _ => true));

    public static DiagnosticResult Diagnostic(string diagnosticId) =>
        Diagnostic(Only("(string)", descriptor => descriptor.Id == diagnosticId));

    public static DiagnosticResult Diagnostic(DiagnosticDescriptor descriptor) => new(descriptor);

    public static Task VerifyAnalyzerAsync(string source, params DiagnosticResult[] expected)
    {
        var test = new TTest { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    private static DiagnosticDescriptor Only(string overload, Func<DiagnosticDescriptor, bool> isMeant) =>
        new TAnalyzer().SupportedDiagnostics.Where(isMeant).ToArray() is [var only]
            ? only
            : throw new InvalidOperationException(
                $"'Diagnostic{overload}' can only be used when the analyzer has a single supported diagnostic that "
                + "it can mean. Use the 'Diagnostic(DiagnosticDescriptor)' overload instead.");
}
