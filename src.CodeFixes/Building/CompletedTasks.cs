namespace ScopedTasks.CodeFixes.Building;

/// <summary>How a task is written that is complete, with the result that no result stands for.</summary>
internal static class CompletedTasks
{
    private const string Task = "global::System.Threading.Tasks.Task";

    /// <param name="site">The site.</param>
    /// <param name="type">A <c>Task</c> or <c>Task&lt;T&gt;</c>.</param>
    public static ExpressionSyntax Of(Site site, ITypeSymbol type)
    {
        if (site.Awaitables.ResultOf(type) is not { } result)
        {
            return Code.Expression(
                site.Types.Task!.GetMembers("CompletedTask").IsEmpty
                    ? Task + ".FromResult(0)"
                    : Task + ".CompletedTask");
        }

        var position = site.Node.SpanStart;
        var name = result.ToMinimalDisplayString(site.Model, position);
        return Code.Expression(result switch
        {
            { SpecialType: SpecialType.System_Boolean } => Task + ".FromResult(false)",
            { SpecialType: SpecialType.System_Int32 } => Task + ".FromResult(0)",
            { IsReferenceType: true } => $"{Task}.FromResult<{name}>({NoneOf(site, result, "null")})",
            { IsValueType: true } => $"{Task}.FromResult(default({name}))",
            _ => $"{Task}.FromResult<{name}>({NoneOf(site, result, "default")})",
        });
    }

    /// <summary><c>(whole ?? task)</c>, in parentheses where it needs them.</summary>
    public static ExpressionSyntax Coalesced(ExpressionSyntax whole, ExpressionSyntax task)
    {
        var coalesced = Code.Expression("$0 ?? $1", whole.WithoutTrivia(), task);
        return whole.Parent is ParenthesizedExpressionSyntax or EqualsValueClauseSyntax or ArgumentSyntax
            or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax
            or AnonymousFunctionExpressionSyntax
            ? coalesced.WithTriviaFrom(whole)
            : SyntaxFactory.ParenthesizedExpression(coalesced.WithoutTrivia()).WithTriviaFrom(whole);
    }

    // Where the compiler follows null, a result that may not be null is said to be none on purpose.
    private static string NoneOf(Site site, ITypeSymbol result, string none) =>
        result.NullableAnnotation != NullableAnnotation.Annotated
        && site.Model.GetNullableContext(site.Node.SpanStart).AnnotationsEnabled()
            ? none + "!"
            : none;
}
