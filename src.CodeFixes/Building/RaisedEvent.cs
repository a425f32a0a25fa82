namespace ScopedTasks.CodeFixes.Building;

/// <summary>An event that is raised where its task is awaited or returned, taken apart.</summary>
/// <param name="Site">The site.</param>
/// <param name="Call">The call of the delegate: <c>Changed(e)</c>, <c>.Invoke(e)</c>.</param>
/// <param name="Whole">What gives the task: the call with its <c>?.</c>, and <c>?? Task.CompletedTask</c>.</param>
/// <param name="Event">The expression that names the event, or the local that it was copied into.</param>
/// <param name="DelegateType">The type of each handler, as it is written there.</param>
internal sealed record RaisedEvent(
    Site Site, InvocationExpressionSyntax Call, ExpressionSyntax Whole, ExpressionSyntax Event, string DelegateType)
{
    /// <summary>Whether nothing happens while nobody has subscribed.</summary>
    public bool IsGuarded => Call.Expression is MemberBindingExpressionSyntax;

    public bool IsValueTask => Site.Awaitables.IsValueTask(Site.Start.Type);

    /// <summary>The statement that ends with the task; null in an expression body and elsewhere.</summary>
    public StatementSyntax? Statement => Consumer(Whole) switch
    {
        ReturnStatementSyntax statement => statement,
        AwaitExpressionSyntax { Parent: ExpressionStatementSyntax statement } => statement,
        _ => null,
    };

    public static RaisedEvent? Of(Site site)
    {
        if (site.Start is not IInvocationOperation { Instance.Type: { } type, Syntax: InvocationExpressionSyntax call }
            || EventOf(call) is not { } @event
            || WholeOf(call) is not { } whole)
        {
            return null;
        }

        var raised = new RaisedEvent(
            site, call, whole, @event.WithoutTrivia(), type.WithNullableAnnotation(NullableAnnotation.None)
                .ToMinimalDisplayString(site.Model, call.SpanStart));
        return raised.IsOpen() ? raised : null;
    }

    /// <summary>Sees to it that all handlers get the same arguments; false where that cannot be written.</summary>
    public bool TryKeep(Arguments arguments)
    {
        if (Site.Start is not IInvocationOperation call)
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Syntax is ArgumentSyntax { Expression: var value }
                && (!arguments.TryKeep(value, argument.Parameter?.Name ?? "value") || (IsGuarded && Acts(value))))
            {
                return false;
            }
        }

        return true;
    }

    public ArgumentListSyntax ArgumentsWith(Arguments arguments) => Call.ArgumentList.ReplaceNodes(
        Call.ArgumentList.Arguments.Select(argument => argument.Expression).Where(arguments.Hoists.ContainsKey),
        (original, _) => arguments.Hoists[original].WithTriviaFrom(original)).WithoutTrivia();

    private bool IsOpen()
    {
        var isPlain = Site.Awaitables.ResultOf(Site.Start.Type) is null
            && (IsValueTask || Site.Awaitables.IsTask(Site.Start.Type));
        return Consumer(Whole) switch
        {
            AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } =>
                IsValueTask || Site.Awaitables.IsTask(Site.Start.Type),
            AwaitExpressionSyntax => isPlain,
            ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax => isPlain && !IsValueTask,
            _ => false,
        };
    }

    // Before, nothing of this happened without a subscriber.
    private static bool Acts(ExpressionSyntax value) => value.DescendantNodesAndSelf().Any(node =>
        node is InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression });

    private static ExpressionSyntax? EventOf(InvocationExpressionSyntax call)
    {
        var called = call.Expression switch
        {
            MemberBindingExpressionSyntax when call.Parent is ConditionalAccessExpressionSyntax access =>
                access.Expression,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } access => access.Expression,
            var other => other,
        };
        var name = called is PostfixUnaryExpressionSyntax { Operand: var operand } ? operand : called;
        return name is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
            ? called
            : null;
    }

    private static ExpressionSyntax? WholeOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax whole = call.Expression is MemberBindingExpressionSyntax
            && call.Parent is ConditionalAccessExpressionSyntax access
                ? access
                : call;
        if (whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice
            && choice.Left == whole)
        {
            if (!IsNothing(choice.Right))
            {
                return null;
            }

            whole = choice;
        }

        return whole.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : whole;
    }

    private static bool IsNothing(ExpressionSyntax value) =>
        value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" }
        || value.IsKind(SyntaxKind.DefaultLiteralExpression)
        || value.IsKind(SyntaxKind.DefaultExpression);

    private static SyntaxNode? Consumer(ExpressionSyntax whole) =>
        whole.Parent is MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "ConfigureAwait",
            Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax configured },
        }
            ? configured
            : whole.Parent;
}
