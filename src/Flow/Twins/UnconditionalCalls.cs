namespace ScopedTasks.Analyzers.Flow.Twins;

/// <summary>
/// Writes a call behind <c>?.</c> with all that stands before it, <c>x.F().G()</c> for the <c>.F().G()</c> of
/// <c>x?.F().G()</c>: a part that begins with a dot cannot be bound by itself.
/// </summary>
internal static class UnconditionalCalls
{
    public static InvocationExpressionSyntax Of(InvocationExpressionSyntax call) =>
        (InvocationExpressionSyntax)Whole(call);

    private static ExpressionSyntax Whole(ExpressionSyntax part)
    {
        if (BindingOf(part) is not { } binding || ReceiverOf(binding) is not { } receiver)
        {
            return part;
        }

        var whole = Whole(receiver).WithoutTrivia();
        ExpressionSyntax? access = binding switch
        {
            MemberBindingExpressionSyntax member => SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, whole, member.Name),
            ElementBindingExpressionSyntax element => SyntaxFactory.ElementAccessExpression(
                whole, element.ArgumentList),
            _ => null,
        };
        return access is null ? part : part == binding ? access : part.ReplaceNode(binding, access);
    }

    /// <summary>What the expression begins with, if that is a dot or a bracket behind <c>?</c>.</summary>
    private static ExpressionSyntax? BindingOf(ExpressionSyntax expression)
    {
        var first = expression;
        while (true)
        {
            switch (first)
            {
                case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax:
                    return first;
                case InvocationExpressionSyntax call:
                    first = call.Expression;
                    break;
                case MemberAccessExpressionSyntax access:
                    first = access.Expression;
                    break;
                case ElementAccessExpressionSyntax access:
                    first = access.Expression;
                    break;
                case PostfixUnaryExpressionSyntax postfix:
                    first = postfix.Operand;
                    break;
                default:
                    return null;
            }
        }
    }

    private static ExpressionSyntax? ReceiverOf(ExpressionSyntax binding)
    {
        SyntaxNode child = binding;
        for (var parent = binding.Parent; parent is ExpressionSyntax; parent = parent.Parent)
        {
            if (parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == child)
            {
                return access.Expression;
            }

            child = parent;
        }

        return null;
    }
}
