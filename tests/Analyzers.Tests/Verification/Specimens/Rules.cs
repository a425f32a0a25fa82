using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScopedTasks.Analyzers.Tests.Verification.Specimens;

/// <summary>Reports calls by a simple name that starts with <c>Bad</c>.</summary>
public abstract class CallRule : DiagnosticAnalyzer
{
    public const string Id = "TST001";

    public static readonly DiagnosticDescriptor Descriptor = Describe(Id);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.InvocationExpression);
    }

    protected static DiagnosticDescriptor Describe(string id, bool isEnabled = true, params string[] tags) =>
        new(id, "A bad call", "'{0}' is called", "Test", DiagnosticSeverity.Warning, isEnabled, customTags: tags);

    protected static Diagnostic DiagnosticOf(IdentifierNameSyntax name, DiagnosticDescriptor descriptor) =>
        Diagnostic.Create(descriptor, name.GetLocation(), name.Identifier.ValueText);

    protected void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (context.Node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax name }
            && name.Identifier.ValueText.StartsWith("Bad", StringComparison.Ordinal))
        {
            Report(context, name);
        }
    }

    protected virtual void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
        context.ReportDiagnostic(DiagnosticOf(name, SupportedDiagnostics[0]));
}

/// <summary>The rule as it should be.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GoodRule : CallRule;

/// <summary>A rule that is off by default, which tests switch on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionalRule : CallRule
{
    private static readonly DiagnosticDescriptor Optional = Describe(Id, isEnabled: false);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Optional];
}

/// <summary>Two rules in one analyzer: a mark must say which it means.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TwoRules : CallRule
{
    private static readonly DiagnosticDescriptor Second = Describe("TST002");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor, Second];
}

/// <summary>Names the method's declaration as a second location.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TwoPlacesRule : CallRule
{
    protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name)
    {
        var places = context.SemanticModel.GetSymbolInfo(name).Symbol!.Locations;
        context.ReportDiagnostic(
            Diagnostic.Create(Descriptor, name.GetLocation(), places, name.Identifier.ValueText));
    }
}

/// <summary>Fails.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThrowingRule : CallRule
{
    protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
        throw new NotSupportedException("A specimen that throws.");
}

/// <summary>Forgets to say what it does in generated code, and so reports there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GeneratedCodeRule : CallRule
{
    public override void Initialize(AnalysisContext context) =>
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.InvocationExpression);
}

/// <summary>Reports at a place that is only a path to the compiler, where a pragma has no effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsuppressibleRule : CallRule
{
    protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name)
    {
        var place = name.GetLocation().GetLineSpan();
        context.ReportDiagnostic(
            Diagnostic.Create(Descriptor, Location.Create(place.Path, name.Span, place.Span), "Bad"));
    }
}

/// <summary>Cannot be configured, and so is not silenced by a pragma either.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NotConfigurableRule : CallRule
{
    private static readonly DiagnosticDescriptor Fixed =
        Describe(Id, tags: WellKnownDiagnosticTags.NotConfigurable);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Fixed];
}

/// <summary>Reports at the end of the compilation, which no editor shows live.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LateRule : CallRule
{
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var found = new ConcurrentBag<Diagnostic>();
            start.RegisterSyntaxNodeAction(
                node =>
                {
                    if (node.Node is IdentifierNameSyntax { Identifier.ValueText: "Bad" } name)
                        found.Add(DiagnosticOf(name, Descriptor));
                },
                SyntaxKind.IdentifierName);
            start.RegisterCompilationEndAction(end => found.ToList().ForEach(end.ReportDiagnostic));
        });
    }
}
