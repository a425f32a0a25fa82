namespace ScopedTasks.CodeFixes.Building.Waits;

/// <summary>How long a blocking wait waits: the timeout and the token that it was given.</summary>
/// <param name="TimeoutSyntax">The timeout as written; null where there is none.</param>
/// <param name="TokenSyntax">The token as written; null where there is none.</param>
/// <param name="IsMilliseconds">The timeout is a number of milliseconds.</param>
/// <param name="IsForEver">The timeout never ends.</param>
/// <param name="IsNoToken">The token is never cancelled.</param>
internal sealed record WaitLimits(
    ExpressionSyntax? TimeoutSyntax, ExpressionSyntax? TokenSyntax, bool IsMilliseconds, bool IsForEver, bool IsNoToken)
{
    public ExpressionSyntax? Timeout => IsForEver ? null : TimeoutSyntax?.WithoutTrivia();

    public ExpressionSyntax? Token => IsNoToken ? null : TokenSyntax?.WithoutTrivia();

    public bool IsNone => Timeout is null && Token is null;

    public static WaitLimits Of(IInvocationOperation call)
    {
        IOperation? timeout = null;
        IOperation? token = null;
        foreach (var argument in call.Arguments)
        {
            switch (argument.Parameter?.Type.Name)
            {
                case "Int32" or "TimeSpan":
                    timeout = argument.Value;
                    break;
                case "CancellationToken" when argument.ArgumentKind == ArgumentKind.Explicit:
                    token = argument.Value;
                    break;
            }
        }

        return new(
            timeout?.Syntax as ExpressionSyntax,
            token?.Syntax as ExpressionSyntax,
            timeout?.Type?.SpecialType == SpecialType.System_Int32,
            timeout is not null && Timeouts.IsInfinite(timeout),
            token is not null && IsNever(token));
    }

    private static bool IsNever(IOperation token) => token switch
    {
        IDefaultValueOperation => true,
        IConversionOperation conversion => IsNever(conversion.Operand),
        IPropertyReferenceOperation { Property: { Name: "None", ContainingType.Name: "CancellationToken" } } => true,
        _ => false,
    };
}
