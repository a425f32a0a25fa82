using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Graphs;

namespace ScopedTasks.Analyzers.Flow.Captures;

/// <summary>Decides which reads of a variable may come after the caller of the function has gone on.</summary>
internal sealed class LateReads(FunctionStarts starts)
{
    private const int MaxDepth = 8;

    /// <summary>The first such read in a function that runs at that time; null if there is none.</summary>
    public IOperation? FirstOf(ISymbol variable, IOperation function, RunTime runs)
    {
        foreach (var operation in function.Descendants())
        {
            if (SymbolEqualityComparer.Default.Equals(CapturedVariables.VariableOf(operation), variable)
                && operation.Parent is not INameOfOperation
                && (runs == RunTime.Later || IsLate(operation, function, MaxDepth)))
            {
                return operation;
            }
        }

        return null;
    }

    private bool IsLate(IOperation place, IOperation function, int depth)
    {
        var nearest = FunctionStarts.FunctionAround(place);
        if (depth == 0 || nearest is null)
        {
            return false;
        }

        if (nearest == function)
        {
            return FollowsAwait(place, function);
        }

        foreach (var start in starts.Of(nearest))
        {
            if (start.Runs == RunTime.Later
                || (start.Runs == RunTime.AtOnce
                    && (FollowsAwait(place, nearest) || IsLate(start.Call, function, depth - 1))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool FollowsAwait(IOperation place, IOperation function)
    {
        foreach (var operation in function.Descendants())
        {
            var isAwait = operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true };
            if (isAwait
                && FunctionStarts.FunctionAround(operation) == function
                && Follows(place.Syntax, operation, function.Syntax))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Follows(SyntaxNode place, IOperation awaiting, SyntaxNode function)
    {
        var end = awaiting is IForEachLoopOperation loop ? loop.Collection.Syntax.Span.End : awaiting.Syntax.Span.End;
        if (place.SpanStart >= end)
        {
            return awaiting is IForEachLoopOperation || ExecutionOrder.MayPrecede(awaiting.Syntax, place);
        }

        // A loop that brings the place back after the 'await'.
        var child = place;
        for (var parent = place.Parent; parent is not null && child != function; parent = parent.Parent)
        {
            if (IsRepeated(child, parent) && parent.Span.Contains(awaiting.Syntax.Span))
            {
                return true;
            }

            child = parent;
        }

        return false;
    }

    private static bool IsRepeated(SyntaxNode part, SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax or DoStatementSyntax => true,
        ForStatementSyntax @for => part != @for.Declaration && !@for.Initializers.Any(first => first == part),
        CommonForEachStatementSyntax each => part == each.Statement,
        _ => false,
    };
}
