using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Holds the reported diagnostics of a state to the expected ones.</summary>
internal sealed class DiagnosticCheck(
    IVerifier verifier,
    Action<Diagnostic, DiagnosticResult, IVerifier>? ownCheck)
{
    public void Verify(IReadOnlyList<DiagnosticResult> expected, IReadOnlyList<Found> actual)
    {
        var match = DiagnosticMatch.Of(expected, actual);
        verifier.Equal(expected.Count, actual.Count, CountMessage(expected, actual, match));
        foreach (var (wanted, found) in match.Pairs)
            Verify(wanted, found.Diagnostic);
    }

    private static string CountMessage(
        IReadOnlyList<DiagnosticResult> expected,
        IReadOnlyList<Found> actual,
        DiagnosticMatch match)
    {
        var message = new StringBuilder();
        message.AppendLine(
            "Mismatch between number of diagnostics returned, "
            + $"expected \"{expected.Count}\" actual \"{actual.Count}\"");
        message.AppendLine();
        message.AppendLine("Diagnostics:");
        foreach (var found in actual)
            message.AppendLine("    " + Describe(found.Diagnostic));
        if (actual.Count == 0)
            message.AppendLine("    NONE.");
        foreach (var surplus in match.Surplus)
            message.AppendLine("Not expected: " + Describe(surplus.Diagnostic));
        foreach (var missing in match.Missing)
            message.AppendLine("Not reported: " + missing);

        return message.ToString();
    }

    private static string Describe(Diagnostic diagnostic)
    {
        var source = diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan);
        return source is null ? diagnostic.ToString() : $"{diagnostic}   <<{source.Split('\n')[0].Trim()}>>";
    }

    private static string Pair(string message, DiagnosticResult expected, Diagnostic actual) =>
        $"""
        {message}

        Expected diagnostic:
            {expected}
        Actual diagnostic:
            {Describe(actual)}
        """;

    private void Verify(DiagnosticResult expected, Diagnostic actual)
    {
        VerifyLocations(expected, actual);
        verifier.Equal(
            expected.Id,
            actual.Id,
            Pair($"Expected diagnostic id to be \"{expected.Id}\" was \"{actual.Id}\"", expected, actual));
        verifier.True(
            DiagnosticMatch.HasSeverity(actual, expected),
            Pair(
                $"Expected diagnostic severity to be \"{expected.Severity}\" was \"{actual.Severity}\"",
                expected,
                actual));
        verifier.True(
            DiagnosticMatch.HasMessage(actual, expected),
            Pair(
                expected.Message is { } message
                    ? $"Expected diagnostic message to be \"{message}\" was \"{actual.GetMessage()}\""
                    : "Expected diagnostic message arguments to match: "
                        + string.Join(", ", Found.ArgumentsOf(actual).Select(argument => $"\"{argument}\"")),
                expected,
                actual));
        if (expected.IsSuppressed is { } isSuppressed)
        {
            verifier.Equal(
                isSuppressed,
                actual.IsSuppressed,
                Pair("Expected diagnostic suppression state to match", expected, actual));
        }

        ownCheck?.Invoke(actual, expected, verifier);
    }

    private void VerifyLocations(DiagnosticResult expected, Diagnostic actual)
    {
        if (!expected.HasLocation)
        {
            verifier.True(
                actual.Location == Location.None,
                Pair("Expected a project diagnostic with no location:", expected, actual));
            return;
        }

        VerifyLocation(expected, expected.Spans[0], actual, actual.Location);
        if (expected.Options.HasFlag(DiagnosticOptions.IgnoreAdditionalLocations))
            return;

        var (wanted, count) = (expected.Spans.Length - 1, actual.AdditionalLocations.Count);
        verifier.Equal(
            wanted,
            count,
            Pair($"Expected {wanted} additional locations but got {count} for Diagnostic:", expected, actual));
        foreach (var (location, span) in actual.AdditionalLocations.Zip(expected.Spans.Skip(1)))
            VerifyLocation(expected, span, actual, location);
    }

    private void VerifyLocation(
        DiagnosticResult expected,
        DiagnosticLocation wanted,
        Diagnostic actual,
        Location location)
    {
        var place = location.GetLineSpan();
        verifier.Equal(
            wanted.Span.Path,
            place.Path,
            Pair(
                $"Expected diagnostic to be in file \"{wanted.Span.Path}\" was actually in file \"{place.Path}\"",
                expected,
                actual));
        VerifyPosition("start", wanted.Span.StartLinePosition, place.StartLinePosition);
        if (!wanted.Options.HasFlag(DiagnosticLocationOptions.IgnoreLength))
            VerifyPosition("end", wanted.Span.EndLinePosition, place.EndLinePosition);

        void VerifyPosition(string which, Text.LinePosition want, Text.LinePosition was)
        {
            verifier.Equal(
                want.Line,
                was.Line,
                Pair(
                    $"Expected diagnostic to {which} on line \"{want.Line + 1}\" "
                    + $"was actually on line \"{was.Line + 1}\"",
                    expected,
                    actual));
            verifier.Equal(
                want.Character,
                was.Character,
                Pair(
                    $"Expected diagnostic to {which} at column \"{want.Character + 1}\" "
                    + $"was actually at column \"{was.Character + 1}\"",
                    expected,
                    actual));
        }
    }
}
