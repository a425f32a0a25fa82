using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.Analyzers.Flow.Timers;

/// <summary>Decides whether a callback that comes again lets only one run at a time, or comes only once.</summary>
/// <remarks>It reads names and shapes: whatever looks like a guard counts as one.</remarks>
internal static class TickGuards
{
    private const int MaxDepth = 2;

    /// <summary>Whether the function lets one in at a time, or keeps its source quiet meanwhile.</summary>
    public static bool Hold(SyntaxNode function)
    {
        var assigned = new HashSet<string>(StringComparer.Ordinal);
        var conditions = new List<(ExpressionSyntax Condition, bool Leaves)>();
        foreach (var node in function.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when NameOf(call.Expression) is { } name
                    && (SpawningApis.LooksLikeWait(name) || IsGate(call, name) || IsStop(call, name)):
                    return true;
                case AssignmentExpressionSyntax assignment when NameOf(assignment.Left) is { } name:
                    if (TickingApis.IsSwitch(name) && assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression))
                    {
                        return true;
                    }

                    assigned.Add(name);
                    break;
                case PostfixUnaryExpressionSyntax unary when NameOf(unary.Operand) is { } name:
                    assigned.Add(name);
                    break;
                case PrefixUnaryExpressionSyntax unary when unary.Kind() is SyntaxKind.PreIncrementExpression
                    or SyntaxKind.PreDecrementExpression && NameOf(unary.Operand) is { } name:
                    assigned.Add(name);
                    break;
                case IfStatementSyntax choice:
                    conditions.Add((choice.Condition, Leaves(choice.Statement)));
                    break;
                case ConditionalExpressionSyntax choice:
                    conditions.Add((choice.Condition, false));
                    break;
            }
        }

        return conditions.Any(condition => IsFlag(condition.Condition, condition.Leaves, assigned, function));
    }

    /// <summary>Whether a function of this compilation that the callback calls does, or one that that calls.</summary>
    public static bool HoldInCallees(IOperation body, Compilation compilation)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation call && HoldIn(call.TargetMethod, compilation, MaxDepth))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the source, an event or the call that takes the callback, was made to fire once.</summary>
    public static bool FiresOnce(IOperation source) => source switch
    {
        IEventReferenceOperation { Event.Name: "Elapsed" } elapsed => SetsOff(elapsed.Syntax, "AutoReset"),
        IEventReferenceOperation => false,
        IObjectCreationOperation creation => FiresOnce(creation.Arguments, creation.Syntax),
        IInvocationOperation { TargetMethod.Name: "CreateTimer" } call => FiresOnce(call.Arguments, call.Syntax),
        _ => ComesToAnEnd(source.Syntax),
    };

    private static bool HoldIn(IMethodSymbol method, Compilation compilation, int depth)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var function = reference.GetSyntax();
            if (!compilation.ContainsSyntaxTree(function.SyntaxTree))
            {
                continue;
            }

            if (Hold(function))
            {
                return true;
            }

            if (depth > 1)
            {
                var model = compilation.GetSemanticModel(function.SyntaxTree);
                foreach (var call in function.DescendantNodes().OfType<InvocationExpressionSyntax>())
                {
                    if (model.GetSymbolInfo(call).Symbol is IMethodSymbol callee
                        && HoldIn(callee, compilation, depth - 1))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool FiresOnce(ImmutableArray<IArgumentOperation> arguments, SyntaxNode creation)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == "period")
            {
                return IsNever(argument.Value) && !IsStartedPeriodically(creation);
            }
        }

        return !IsStartedPeriodically(creation);
    }

    private static bool IsNever(IOperation period) => period switch
    {
        IConversionOperation conversion => IsNever(conversion.Operand),
        IFieldReferenceOperation { Field.Name: "Infinite" or "InfiniteTimeSpan" } => true,
        { ConstantValue: { HasValue: true, Value: -1 or -1L or uint.MaxValue } } => true,
        IInvocationOperation { TargetMethod.ContainingType.Name: "TimeSpan", Arguments: [{ Value: var value }, ..] } =>
            IsNever(value) || value.ConstantValue is { HasValue: true, Value: -1d },
        _ => Operations.Timeouts.IsZero(period),
    };

    // `_timer.Change(0, 1000)`: the period came later.
    private static bool IsStartedPeriodically(SyntaxNode creation)
    {
        foreach (var node in TypeAround(creation).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax { ArgumentList.Arguments: [_, var period] } call
                && NameOf(call.Expression) == "Change"
                && period.ToString() is var text
                && text.IndexOf("Infinite", StringComparison.Ordinal) < 0
                && text.Trim() is not ("-1" or "0" or "TimeSpan.Zero"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SetsOff(SyntaxNode source, string property)
    {
        foreach (var node in TypeAround(source).DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax assignment
                && assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression)
                && NameOf(assignment.Left) == property)
            {
                return true;
            }
        }

        return false;
    }

    private static bool ComesToAnEnd(SyntaxNode subscription)
    {
        foreach (var node in subscription.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax))
        {
            if (node is InvocationExpressionSyntax call && NameOf(call.Expression) is { } name
                && TickingApis.LooksLikeEnd(name))
            {
                return true;
            }
        }

        return false;
    }

    // Who does not look at the answer counts, and lets everybody in.
    private static bool IsGate(InvocationExpressionSyntax call, string name) =>
        TickingApis.LooksLikeGate(name)
        && call.Parent is not (ExpressionStatementSyntax or LambdaExpressionSyntax or ArrowExpressionClauseSyntax);

    // A handler that gives up when something went wrong has no guard yet; a stopwatch keeps nothing quiet.
    private static bool IsStop(InvocationExpressionSyntax call, string name) =>
        TickingApis.LooksLikeStop(name)
        && call.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && TickingApis.LooksLikeSource(receiver.ToString(), name)
        && call.FirstAncestorOrSelf<CatchClauseSyntax>() is null;

    private static bool Leaves(StatementSyntax branch) => branch switch
    {
        ReturnStatementSyntax or ContinueStatementSyntax => true,
        BlockSyntax { Statements: [.., var last] } => Leaves(last),
        _ => false,
    };

    /// <summary>
    /// Whether the condition asks for something that the function itself sets, or that is called like a flag.
    /// </summary>
    private static bool IsFlag(ExpressionSyntax condition, bool leaves, HashSet<string> assigned, SyntaxNode function)
    {
        foreach (var name in condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            var text = name.Identifier.ValueText;
            if (text is "IsCompleted" or "IsCompletedSuccessfully" || TickingApis.LooksLikeFlag(text)
                || (assigned.Contains(text) && (leaves || IsBoolean(text, function)) && !IsOwn(text, function)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBoolean(string name, SyntaxNode function) =>
        function.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            NameOf(assignment.Left) == name
            && assignment.Right.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression);

    private static bool IsOwn(string name, SyntaxNode function) =>
        function.DescendantNodes().Any(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == name,
            ParameterSyntax parameter => parameter.Identifier.ValueText == name,
            _ => false,
        });

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private static SyntaxNode TypeAround(SyntaxNode node) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.SyntaxTree.GetRoot();
}
