namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>How a group that a fix writes is opened.</summary>
/// <param name="Name">The name of the group within the statements that it takes.</param>
/// <param name="Options">Its options, as code.</param>
/// <param name="Token">The token that its starts pass; null for none.</param>
internal sealed record GroupOpening(string Name, string Options, ExpressionSyntax? Token)
{
    /// <summary><c>TaskGroup.RunAsync(.., options, ct)</c>, <c>TaskGroup.Open(options, ct)</c>.</summary>
    public ExpressionSyntax Call(string method, string? body = null, params SyntaxNode[] holes)
    {
        var arguments = new[] { body, Options, Token is null ? null : "$" + holes.Length };
        var text = string.Join(", ", arguments.Where(argument => argument is { Length: > 0 }));
        return Code.Expression(
            $"::TaskGroup.{method}({text})",
            Token is null ? holes : [.. holes, Token.WithoutTrivia()]);
    }
}
