using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Waits;

/// <summary>Decides whether a process has ended by the time that somebody waits for its end.</summary>
/// <remarks>Waiting once more, without a timeout, flushes its output and is over at once.</remarks>
internal static class ProcessExits
{
    public static bool AreKnown(IInvocationOperation wait)
    {
        if (wait is not { Instance: { } process, TargetMethod.Parameters.IsEmpty: true })
        {
            return false;
        }

        foreach (var operation in EnclosingMember.RootOf(wait).Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation
                {
                    Instance: { } waited,
                    TargetMethod.Name: "WaitForExit" or "WaitForExitAsync",
                } earlier when
                    operation != wait
                    && IsSame(waited, process)
                    && ExecutionOrder.Dominates(earlier.Syntax, wait.Syntax):
                    return true;

                case IPropertyReferenceOperation { Property.Name: "HasExited", Instance: { } asked } when
                    IsSame(asked, process) && SaysSo(operation, wait):
                    return true;
            }
        }

        return false;
    }

    // `while (!process.HasExited) await ..;` and then, or `if (process.HasExited) ..`.
    private static bool SaysSo(IOperation hasExited, IOperation wait)
    {
        var isNegated = hasExited.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        var condition = isNegated ? hasExited.Parent! : hasExited;
        return condition.Parent switch
        {
            IWhileLoopOperation loop => isNegated
                && !loop.Syntax.Span.Contains(wait.Syntax.Span)
                && ExecutionOrder.Dominates(loop.Syntax, wait.Syntax),
            IConditionalOperation choice => !isNegated && choice.WhenTrue.Syntax.Span.Contains(wait.Syntax.Span),
            _ => false,
        };
    }

    private static bool IsSame(IOperation left, IOperation right) =>
        TaskOrigins.SymbolOf(left) is { } symbol
        && SymbolEqualityComparer.Default.Equals(symbol, TaskOrigins.SymbolOf(right));
}
