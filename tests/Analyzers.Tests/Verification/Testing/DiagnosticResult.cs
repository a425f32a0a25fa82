using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A diagnostic that a test expects; what it does not state is not compared.</summary>
public readonly struct DiagnosticResult
{
    public static readonly DiagnosticResult[] EmptyDiagnosticResults = [];

    private readonly ImmutableArray<DiagnosticLocation> _spans;

    public DiagnosticResult(string id, DiagnosticSeverity severity)
        : this()
    {
        Id = id;
        Severity = severity;
    }

    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(descriptor.Id, descriptor.DefaultSeverity) => MessageFormat = descriptor.MessageFormat;

    public ImmutableArray<DiagnosticLocation> Spans
    {
        get => _spans.IsDefault ? [] : _spans;
        private init => _spans = value;
    }

    public string Id { get; }

    public DiagnosticSeverity Severity { get; private init; }

    public DiagnosticOptions Options { get; private init; }

    public LocalizableString? MessageFormat { get; private init; }

    public object?[]? MessageArguments { get; private init; }

    public bool? IsSuppressed { get; private init; }

    public bool HasLocation => !Spans.IsEmpty;

    public string? Message =>
        IgnoresMessage ? null
        : GivenMessage is { } given ? given
        : MessageFormat is { } format ? Format(format.ToString(CultureInfo.InvariantCulture), MessageArguments ?? [])
        : null;

    private bool IgnoresMessage { get; init; }

    private string? GivenMessage { get; init; }

    public static DiagnosticResult CompilerError(string identifier) => new(identifier, DiagnosticSeverity.Error);

    public static DiagnosticResult CompilerWarning(string identifier) => new(identifier, DiagnosticSeverity.Warning);

    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    public DiagnosticResult WithOptions(DiagnosticOptions options) => this with { Options = options };

    public DiagnosticResult WithArguments(params object[] arguments) => this with { MessageArguments = arguments };

    public DiagnosticResult WithMessage(string? message) =>
        this with { GivenMessage = message, IgnoresMessage = message is null };

    public DiagnosticResult WithMessageFormat(LocalizableString messageFormat) =>
        this with { MessageFormat = messageFormat };

    public DiagnosticResult WithIsSuppressed(bool? isSuppressed) => this with { IsSuppressed = isSuppressed };

    public DiagnosticResult WithNoLocation() => this with { Spans = [] };

    public DiagnosticResult WithLocation(int line, int column) => WithLocation("", line, column);

    public DiagnosticResult WithLocation(LinePosition location) => WithLocation("", location);

    public DiagnosticResult WithLocation(string path, int line, int column) =>
        WithLocation(path, new LinePosition(line - 1, column - 1));

    public DiagnosticResult WithLocation(string path, LinePosition location) =>
        WithLocation(path, location, DiagnosticLocationOptions.None);

    public DiagnosticResult WithLocation(string path, LinePosition location, DiagnosticLocationOptions options) =>
        Add(new FileLinePositionSpan(path, location, location), options | DiagnosticLocationOptions.IgnoreLength);

    public DiagnosticResult WithLocation(int markupKey) => WithLocation(markupKey, DiagnosticLocationOptions.None);

    public DiagnosticResult WithLocation(int markupKey, DiagnosticLocationOptions options)
    {
        var key = new LinePosition(0, markupKey);
        return Add(new FileLinePositionSpan("", key, key), options | DiagnosticLocationOptions.InterpretAsMarkupKey);
    }

    public DiagnosticResult WithSpan(int startLine, int startColumn, int endLine, int endColumn) =>
        WithSpan("", startLine, startColumn, endLine, endColumn);

    public DiagnosticResult WithSpan(string path, int startLine, int startColumn, int endLine, int endColumn) =>
        WithSpan(new FileLinePositionSpan(
            path,
            new LinePosition(startLine - 1, startColumn - 1),
            new LinePosition(endLine - 1, endColumn - 1)));

    public DiagnosticResult WithSpan(FileLinePositionSpan span) => Add(span, DiagnosticLocationOptions.None);

    public DiagnosticResult WithSpan(FileLinePositionSpan span, DiagnosticLocationOptions options) =>
        Add(span, options);

    public DiagnosticResult WithDefaultPath(string path) =>
        WithEachLocation(location => IsMarkupKey(location) || location.Span.Path != ""
            ? location
            : new DiagnosticLocation(new FileLinePositionSpan(path, location.Span.Span), location.Options));

    public DiagnosticResult WithLineOffset(int offset) =>
        WithEachLocation(location => new DiagnosticLocation(
            new FileLinePositionSpan(
                location.Span.Path,
                Shifted(location.Span.StartLinePosition, offset),
                Shifted(location.Span.EndLinePosition, offset)),
            location.Options));

    public override string ToString()
    {
        var place = HasLocation ? PlaceOf(Spans[0]) + ": " : "";
        var message = Message is { } text ? ": " + text : "";
        return $"{place}{Severity.ToString().ToLowerInvariant()} {Id}{message}";
    }

    internal DiagnosticResult WithMarkupLocations(IReadOnlyDictionary<string, FileLinePositionSpan> markup) =>
        WithEachLocation(location => !IsMarkupKey(location)
            ? location
            : markup.TryGetValue("#" + location.Span.StartLinePosition.Character, out var span)
            ? new DiagnosticLocation(span, location.Options & ~DiagnosticLocationOptions.InterpretAsMarkupKey)
            : throw new InvalidOperationException(
                $"The markup location '#{location.Span.StartLinePosition.Character}' was not found in the input."));

    private static bool IsMarkupKey(DiagnosticLocation location) =>
        location.Options.HasFlag(DiagnosticLocationOptions.InterpretAsMarkupKey);

    private static LinePosition Shifted(LinePosition position, int lines) =>
        new(position.Line + lines, position.Character);

    private static string PlaceOf(DiagnosticLocation location)
    {
        var (start, end) = (location.Span.StartLinePosition, location.Span.EndLinePosition);
        var path = location.Span.Path is "" ? "?" : location.Span.Path;
        return location.Options.HasFlag(DiagnosticLocationOptions.IgnoreLength)
            ? $"{path}({start.Line + 1},{start.Character + 1})"
            : $"{path}({start.Line + 1},{start.Character + 1},{end.Line + 1},{end.Character + 1})";
    }

    private static string Format(string format, object?[] arguments)
    {
        try
        {
            return string.Format(CultureInfo.InvariantCulture, format, arguments);
        }
        catch (FormatException)
        {
            return format;
        }
    }

    private DiagnosticResult Add(FileLinePositionSpan span, DiagnosticLocationOptions options) =>
        this with { Spans = Spans.Add(new DiagnosticLocation(span, options)) };

    private DiagnosticResult WithEachLocation(Func<DiagnosticLocation, DiagnosticLocation> change) =>
        this with { Spans = [.. Spans.Select(change)] };
}
