using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Turns the markup of all files of a state into expected diagnostics and named locations.</summary>
internal sealed class MarkupReader(
    MarkupMode mode,
    MarkupOptions options,
    DiagnosticDescriptor? defaultDescriptor,
    ImmutableArray<DiagnosticDescriptor> descriptors,
    ImmutableArray<string> fixable)
{
    private readonly Dictionary<string, FileLinePositionSpan> _locations = [];
    private readonly List<DiagnosticResult> _diagnostics = [];

    public IReadOnlyDictionary<string, FileLinePositionSpan> Locations => _locations;

    public IReadOnlyList<DiagnosticResult> Diagnostics => _diagnostics;

    public SourceText Read(string path, SourceText content)
    {
        if (mode == MarkupMode.None)
            return content;

        var (code, positions, spans) = Parse(content.ToString());
        var text = content.Replace(new TextSpan(0, content.Length), code);
        if (mode == MarkupMode.Ignore)
            return text;

        foreach (var position in positions)
        {
            if (Expected("") is { } diagnostic)
                _diagnostics.Add(diagnostic.WithLocation(path, text.Lines.GetLinePosition(position)));
        }

        foreach (var (name, places) in spans.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var place in places)
                Add(name, new FileLinePositionSpan(path, text.Lines.GetLinePositionSpan(place)));
        }

        return text;
    }

    private (string, ImmutableArray<int>, ImmutableDictionary<string, ImmutableArray<TextSpan>>) Parse(string input)
    {
        var positions = ImmutableArray<int>.Empty;
        string code;
        ImmutableDictionary<string, ImmutableArray<TextSpan>> spans;
        if (options.HasFlag(MarkupOptions.TreatPositionIndicatorsAsCode))
            TestFileMarkupParser.GetSpans(input, treatPositionIndicatorsAsCode: true, out code, out spans);
        else
            TestFileMarkupParser.GetPositionsAndSpans(input, out code, out positions, out spans);

        return (code, positions, spans);
    }

    private void Add(string name, FileLinePositionSpan span)
    {
        if (name.StartsWith('#'))
        {
            if (!_locations.TryAdd(name, span))
                throw new InvalidOperationException($"Input contains multiple markup locations with key '{name}'");
        }
        else if (Expected(name) is { } diagnostic)
        {
            _diagnostics.Add(diagnostic.WithSpan(span));
        }
    }

    private DiagnosticResult? Expected(string id)
    {
        var descriptor = id == "" ? DefaultDescriptor : DescriptorOf(id);
        if (mode == MarkupMode.IgnoreFixable && fixable.Contains(descriptor?.Id ?? id))
            return null;

        var result = descriptor is null ? DiagnosticResult.CompilerError(id) : new DiagnosticResult(descriptor);
        return result
            .WithMessage(null)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations | DiagnosticOptions.IgnoreSeverity);
    }

    private DiagnosticDescriptor DefaultDescriptor =>
        defaultDescriptor ?? throw new InvalidOperationException(
            "Markup syntax can only omit the diagnostic ID if the first analyzer only supports a single diagnostic. "
            + "To customize the default value, override GetDefaultDiagnostic or specify "
            + "MarkupOptions.UseFirstDescriptor.");

    private DiagnosticDescriptor? DescriptorOf(string id)
    {
        var candidates = descriptors.Where(descriptor => descriptor.Id == id).ToArray();
        return candidates.Length < 2 || options.HasFlag(MarkupOptions.UseFirstDescriptor)
            ? candidates.FirstOrDefault()
            : throw new InvalidOperationException(
                $"Multiple diagnostic descriptors with ID {id} were found. Use the explicit diagnostic creation syntax "
                + "or specify MarkupOptions.UseFirstDescriptor to use the first matching diagnostic.");
    }
}
