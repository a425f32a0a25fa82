using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>The verbs for the tests of a rule: what it reports and what it ignores.</summary>
public abstract class RuleTests<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>The ids of the rule.</summary>
    protected static IReadOnlyList<string> Ids { get; } =
        [.. Rules.Select(descriptor => descriptor.Id).Distinct()];

    /// <summary>Exactly the marked places, and the expected ones, are reported.</summary>
    protected static Task Reports(string source, params DiagnosticResult[] expected) =>
        Reports(source, Code.Default, expected);

    protected static Task Reports(string source, Code code, params DiagnosticResult[] expected)
    {
        if (expected.Length == 0)
            Markup.RequireIn(source, code);

        return TestOf(source, code, expected).RunAsync();
    }

    /// <summary>The one marked place is reported, with exactly this message.</summary>
    protected static async Task Reports(string source, string message, Code? code = null)
    {
        var reports = new HashSet<Location>();
        var test = TestOf(source, code ?? Code.Default, []);
        test.DiagnosticVerifier = (actual, _, verify) =>
        {
            if (!Ids.Contains(actual.Id))
                return;

            reports.Add(actual.Location);
            var was = actual.GetMessage();
            verify.Equal(message, was, $"Expected the message\n    {message}\nbut was\n    {was}");
        };
        await test.RunAsync();
        if (reports.Count != 1)
            throw new InvalidOperationException($"A message is of exactly one report, but {reports.Count} are marked.");
    }

    /// <summary>The rule has nothing to say.</summary>
    protected static Task Ignores(string source, Code? code = null)
    {
        Markup.Forbid(Ids, source);
        return TestOf(source, code ?? Code.Default, []).RunAsync();
    }

    private protected static IEnumerable<DiagnosticDescriptor> Rules => new TAnalyzer().SupportedDiagnostics;

    private static CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> TestOf(
        string source,
        Code code,
        IEnumerable<DiagnosticResult> expected)
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>();
        CodeProject.Describe(test, code, source, Rules);
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
