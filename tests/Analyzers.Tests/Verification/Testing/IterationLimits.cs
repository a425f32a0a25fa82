using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How often a fix may be applied where the test says nothing: negative numbers are upper limits.</summary>
internal sealed class IterationLimits(
    SolutionState test,
    SolutionState @fixed,
    SolutionState batch,
    Func<string, bool> isFixable)
{
    public int Incremental => test.HasEqualTextsInAllProjects(@fixed) ? 0 : -Fixable.Count();

    public int InDocument =>
        SolutionState.HaveEqualTexts(test, batch)
            ? 0
            : -Fixable.Select(expected => expected.Spans.FirstOrDefault().Span.Path).Distinct().Count();

    public int InProject =>
        -(SolutionState.HaveEqualTexts(test, batch) ? 0 : 1)
        - test.AdditionalProjects.Count(pair =>
            !batch.AdditionalProjects.TryGetValue(pair.Key, out var project)
            || !SolutionState.HaveEqualTexts(pair.Value, project));

    public int InSolution =>
        test.HasEqualTextsInAllProjects(batch)
            ? 0
            : -test.AdditionalProjects.Values
                .Select(project => project.Language)
                .Append(test.Language)
                .Distinct()
                .Count();

    private IEnumerable<DiagnosticResult> Fixable =>
        test.ExpectedDiagnostics.Where(expected => isFixable(expected.Id));

    public static void Verify(int limit, int applied, IVerifier verifier)
    {
        // An upper limit of one is an exact number, since a fix that is never applied has failed already.
        var exact = limit == -1 ? 1 : limit;
        if (exact == 0)
            verifier.Equal(0, applied, "No code fixes were expected, but a fix was offered.");
        else if (exact > 0)
            verifier.Equal(exact, applied, $"Expected '{exact}' iterations but found '{applied}' iterations.");
        else
            verifier.True(applied <= -exact, "The upper limit for the number of code fix iterations was exceeded");
    }
}
