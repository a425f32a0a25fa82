using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Sequences;

/// <summary>Follows a value that runs when it is enumerated, to see whether it is lost before anybody does.</summary>
/// <param name="isDeferred">Whether a call gives such a value for the one that it was called on.</param>
/// <param name="followsLocals">Whether what is made of a local, and lost, is no use of that local.</param>
internal sealed class ColdTrail(Func<IInvocationOperation, bool> isDeferred, bool followsLocals = false)
{
    /// <summary>
    /// Where the value is lost: the statement that drops it, the discard, or the declaration of a local that nothing
    /// reads. Null where it is enumerated or somebody else has it.
    /// </summary>
    public IOperation? LossOf(IOperation start, CancellationToken cancellationToken) =>
        LossOf(start, new(SymbolEqualityComparer.Default), cancellationToken);

    /// <summary>What the call was called on, as an extension method or a method of the value's own.</summary>
    public static IOperation? SourceOf(IInvocationOperation call) =>
        call.Instance
        ?? (call.TargetMethod.IsExtensionMethod && !call.Arguments.IsEmpty ? call.Arguments[0].Value : null);

    private IOperation? LossOf(IOperation start, HashSet<ISymbol> seen, CancellationToken cancellationToken)
    {
        var current = start;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or IConditionalAccessOperation or ICoalesceOperation
                    or ITranslatedQueryOperation:
                case IConditionalOperation choice when choice.Condition != current:
                case ISwitchExpressionArmOperation arm when arm.Value == current:
                case ISwitchExpressionOperation choices when choices.Value != current:
                    break;

                case IArgumentOperation { Parent: IInvocationOperation call } when
                    SourceOf(call) is { } source && Contains(source, current) && isDeferred(call):
                    parent = call;
                    break;
                case IInvocationOperation call when call.Instance == current && isDeferred(call):
                    break;

                case IExpressionStatementOperation:
                    return parent;
                case ISimpleAssignmentOperation { Target: IDiscardOperation } discard:
                    return discard;
                case ISimpleAssignmentOperation
                {
                    Target: ILocalReferenceOperation { Local: var local },
                    Parent: IExpressionStatementOperation,
                } assignment:
                    return IsRead(local, assignment, seen, cancellationToken) ? null : assignment;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return IsRead(declarator.Symbol, declarator, seen, cancellationToken) ? null : declarator;

                default:
                    return null;
            }

            current = parent;
        }

        return null;
    }

    // To make another value of it that is lost, too, is not to read it.
    private bool IsRead(
        ILocalSymbol local, IOperation use, HashSet<ISymbol> seen, CancellationToken cancellationToken)
    {
        if (local.IsUsing || !seen.Add(local))
        {
            return local.IsUsing;
        }

        foreach (var reference in LocalMentions.Of(local, use))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!LocalMentions.IsAssigned(reference)
                && reference.Parent is not INameOfOperation
                && (!followsLocals || LossOf(reference, seen, cancellationToken) is null))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(IOperation outer, IOperation inner) => outer.Syntax.Span.Contains(inner.Syntax.Span);
}
