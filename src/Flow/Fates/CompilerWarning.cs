using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Decides where the compiler's CS4014 speaks of a dropped call, so that our rules need not.</summary>
internal sealed class CompilerWarning
{
    private const string Id = "CS4014";

    private static readonly ConditionalWeakTable<Compilation, CompilerWarning> ByCompilation = new();

    private readonly bool _isOff;

    private CompilerWarning(Compilation compilation) => _isOff = IsOff(compilation);

    public static CompilerWarning Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new CompilerWarning(compilation));

    /// <summary>Whether CS4014 stands at the statement, whose function that is.</summary>
    public bool Speaks(IExpressionStatementOperation statement, EnclosingFunction function) =>
        !_isOff
        && statement.Operation is IInvocationOperation call
        && (call.TargetMethod.IsAsync || function.Symbol is { IsAsync: true });

    /// <summary>Whether a <c>#pragma</c> silences CS4014 at the node: what is dropped there is meant.</summary>
    public static bool IsSilencedAt(SyntaxNode node)
    {
        var root = node.SyntaxTree.GetRoot();
        var isSilenced = false;
        for (var directive = root.ContainsDirectives ? root.GetFirstDirective(NamesIt) : null;
            directive is PragmaWarningDirectiveTriviaSyntax pragma && pragma.SpanStart < node.SpanStart;
            directive = directive.GetNextDirective(NamesIt))
        {
            isSilenced = pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword);
        }

        return isSilenced;
    }

    private static bool NamesIt(DirectiveTriviaSyntax directive) =>
        directive is PragmaWarningDirectiveTriviaSyntax { IsActive: true } pragma
        && pragma.ErrorCodes.Any(code => code.ToString() is Id or "4014");

    private static bool IsOff(Compilation compilation)
    {
        var options = compilation.Options;
        if (options.GeneralDiagnosticOption == ReportDiagnostic.Suppress || options.WarningLevel < 1)
        {
            return true;
        }

        if (options.SpecificDiagnosticOptions.TryGetValue(Id, out var severity))
        {
            return severity == ReportDiagnostic.Suppress;
        }

        return options.SyntaxTreeOptionsProvider is { } provider && IsOffEverywhere(compilation, provider);
    }

    // Where .editorconfig silences it for some files only, somebody meant those files: our rules stay silent there too.
    private static bool IsOffEverywhere(Compilation compilation, SyntaxTreeOptionsProvider provider)
    {
        if (provider.TryGetGlobalDiagnosticValue(Id, default, out var global) && global == ReportDiagnostic.Suppress)
        {
            return true;
        }

        var isOff = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (provider.IsGenerated(tree, default) == GeneratedKind.MarkedGenerated)
            {
                continue;
            }

            if (!provider.TryGetDiagnosticValue(tree, Id, default, out var severity)
                || severity != ReportDiagnostic.Suppress)
            {
                return false;
            }

            isOff = true;
        }

        return isOff;
    }
}
