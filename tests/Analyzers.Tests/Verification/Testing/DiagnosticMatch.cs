using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Which reported diagnostic answers which expected one: all exact pairs first, then the most alike.</summary>
internal sealed class DiagnosticMatch
{
    private readonly IReadOnlyList<DiagnosticResult> _expected;
    private readonly IReadOnlyList<Found> _actual;
    private readonly int[] _expectedOf;

    private DiagnosticMatch(IReadOnlyList<DiagnosticResult> expected, IReadOnlyList<Found> actual)
    {
        _expected = expected;
        _actual = actual;
        _expectedOf = [.. Enumerable.Repeat(-1, actual.Count)];
        for (var i = 0; i < expected.Count; i++)
            TryPair(i, new HashSet<int>());

        PairTheRest();
    }

    public IEnumerable<(DiagnosticResult Expected, Found Actual)> Pairs =>
        from j in Enumerable.Range(0, _actual.Count)
        where _expectedOf[j] >= 0
        select (_expected[_expectedOf[j]], _actual[j]);

    public IEnumerable<DiagnosticResult> Missing =>
        _expected.Where((_, i) => !_expectedOf.Contains(i));

    public IEnumerable<Found> Surplus => _actual.Where((_, j) => _expectedOf[j] < 0);

    public static DiagnosticMatch Of(IReadOnlyList<DiagnosticResult> expected, IReadOnlyList<Found> actual) =>
        new(expected, actual);

    public static bool IsAt(FileLinePositionSpan actual, DiagnosticLocation expected) =>
        actual.Path == expected.Span.Path
        && actual.StartLinePosition == expected.Span.StartLinePosition
        && (expected.Options.HasFlag(DiagnosticLocationOptions.IgnoreLength)
            || actual.EndLinePosition == expected.Span.EndLinePosition);

    public static bool HasSeverity(Diagnostic actual, DiagnosticResult expected) =>
        expected.Options.HasFlag(DiagnosticOptions.IgnoreSeverity) || actual.Severity == expected.Severity;

    public static bool HasMessage(Diagnostic actual, DiagnosticResult expected) =>
        expected.Message is { } message
            ? message == actual.GetMessage()
            : expected.MessageArguments is not { Length: > 0 } arguments
                || arguments.Select(one => one?.ToString() ?? "").SequenceEqual(Found.ArgumentsOf(actual));

    public static bool HasLocations(Diagnostic actual, DiagnosticResult expected)
    {
        if (!expected.HasLocation)
            return actual.Location == Location.None;
        if (!IsAt(actual.Location.GetLineSpan(), expected.Spans[0]))
            return false;
        if (expected.Options.HasFlag(DiagnosticOptions.IgnoreAdditionalLocations))
            return true;

        return actual.AdditionalLocations.Count == expected.Spans.Length - 1
            && actual.AdditionalLocations.Zip(expected.Spans.Skip(1)).All(
                pair => IsAt(pair.First.GetLineSpan(), pair.Second));
    }

    private static bool IsExact(DiagnosticResult expected, Found actual) =>
        expected.Id == actual.Id
        && HasLocations(actual.Diagnostic, expected)
        && HasSeverity(actual.Diagnostic, expected)
        && HasMessage(actual.Diagnostic, expected);

    private static int Likeness(DiagnosticResult expected, Found actual)
    {
        var isAtStart = expected.HasLocation
            && actual.Place.StartLinePosition == expected.Spans[0].Span.StartLinePosition;
        return (expected.Id == actual.Id ? 4 : 0)
            + (isAtStart ? 4 : 0)
            + (HasLocations(actual.Diagnostic, expected) ? 4 : 0)
            + (HasSeverity(actual.Diagnostic, expected) ? 1 : 0)
            + (HasMessage(actual.Diagnostic, expected) ? 1 : 0);
    }

    private bool TryPair(int i, HashSet<int> tried)
    {
        for (var j = 0; j < _actual.Count; j++)
        {
            if (!IsExact(_expected[i], _actual[j]) || !tried.Add(j))
                continue;
            if (_expectedOf[j] < 0 || TryPair(_expectedOf[j], tried))
            {
                _expectedOf[j] = i;
                return true;
            }
        }

        return false;
    }

    private void PairTheRest()
    {
        var pairs =
            from i in Enumerable.Range(0, _expected.Count)
            where !_expectedOf.Contains(i)
            from j in Enumerable.Range(0, _actual.Count)
            where _expectedOf[j] < 0
            orderby Likeness(_expected[i], _actual[j]) descending, Math.Abs(i - j)
            select (i, j);
        foreach (var (i, j) in pairs.ToArray())
        {
            if (_expectedOf[j] < 0 && !_expectedOf.Contains(i))
                _expectedOf[j] = i;
        }
    }
}
