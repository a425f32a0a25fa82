using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScopedTasks.Analyzers.Tests.Verification.Specimens;

/// <summary>Reports calls by a simple name that starts with <c>Bad</c>, as <c>TST001</c>.</summary>
public abstract class CallRule : DiagnosticAnalyzer
{
    public const string Id = "TST001";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    protected virtual DiagnosticDescriptor Descriptor { get; } = Describe();

    protected static DiagnosticDescriptor Describe(
        bool isEnabledByDefault = true,
        DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        new(Id, "A bad call", "'{0}' is called", "Test", severity, isEnabledByDefault);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.InvocationExpression);
    }

    protected void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (context.Node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax name }
            && name.Identifier.ValueText.StartsWith("Bad", System.StringComparison.Ordinal))
        {
            Report(context, name);
        }
    }

    protected virtual void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
        context.ReportDiagnostic(Diagnostic.Create(Descriptor, name.GetLocation(), name.Identifier.ValueText));
}

/// <summary>The rule as it should be.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GoodRule : CallRule;
