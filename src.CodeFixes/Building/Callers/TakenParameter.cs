using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building.Callers;

/// <summary>
/// Writes a task group as a function's first parameter, after <c>this</c>, and as the argument of its calls.
/// </summary>
internal static class TakenParameter
{
    private static readonly Regex ParameterLine =
        new(@"^(?<indentation>[ \t]*)///[ \t]*<param\b", RegexOptions.Multiline);

    /// <summary>Declares it; false where the documentation of the others stands among directives.</summary>
    public static bool TryDeclare(Edit edit, Site site, IMethodSymbol function, SyntaxNode declaration, string name)
    {
        var documented = Documented(declaration, name, function.IsExtensionMethod ? 1 : 0, site.NewLine);
        if (documented is not null && declaration.GetLeadingTrivia().Any(trivia => trivia.IsDirective))
        {
            return false;
        }

        edit.Rewrite(declaration, rewritten =>
        {
            var taking = rewritten switch
            {
                MethodDeclarationSyntax method =>
                    method.WithParameterList(With(method.ParameterList, name, function.IsExtensionMethod)),
                LocalFunctionStatementSyntax local =>
                    local.WithParameterList(With(local.ParameterList, name, isExtension: false)),
                _ => rewritten,
            };
            return documented is { } trivia ? taking.WithLeadingTrivia(trivia) : taking;
        });
        return true;
    }

    /// <summary>Passes the group to a call; false where the edit replaces the call.</summary>
    public static bool TryPass(Edit edit, Site call, IMethodSymbol function, ExpressionSyntax group)
    {
        if (call.Node is not InvocationExpressionSyntax original || edit.Covers(original))
        {
            return false;
        }

        var isReduced = call.Model.GetSymbolInfo(original, call.CancellationToken).Symbol
            is IMethodSymbol { ReducedFrom: not null };
        edit.Rewrite(original, rewritten =>
        {
            var invocation = (InvocationExpressionSyntax)rewritten;
            var arguments = invocation.ArgumentList.Arguments.Insert(
                function.IsExtensionMethod && !isReduced ? 1 : 0, SyntaxFactory.Argument(group));
            return invocation.WithArgumentList(invocation.ArgumentList.WithArguments(arguments)
                .WithAdditionalAnnotations(Formatter.Annotation));
        });
        return true;
    }

    private static ParameterListSyntax With(ParameterListSyntax list, string name, bool isExtension)
    {
        var parameter = SyntaxFactory.Parameter(SyntaxFactory.Identifier(name))
            .WithType(Code.Type("::TaskGroup").WithTrailingTrivia(SyntaxFactory.Space));
        return list.WithParameters(list.Parameters.Insert(isExtension ? 1 : 0, parameter))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    // Only where the others have a `<param>`, too; before the one that it comes before.
    private static SyntaxTriviaList? Documented(SyntaxNode declaration, string name, int index, string newLine)
    {
        var text = declaration.GetLeadingTrivia().ToFullString();
        var lines = ParameterLine.Matches(text).Cast<Match>().ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var line = lines[Math.Min(index, lines.Count - 1)];
        var indentation = line.Groups["indentation"].Value;
        return SyntaxFactory.ParseLeadingTrivia(text.Insert(
            line.Index,
            $"{indentation}/// <param name=\"{name}\">The task group that the work runs in.</param>{newLine}"));
    }
}
