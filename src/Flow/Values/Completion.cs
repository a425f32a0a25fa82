using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Values;

/// <summary>Decides whether a task is known to be complete at a place, so that waiting for it blocks nobody.</summary>
/// <remarks>
/// It looks for evidence anywhere before the place, on whatever path, and errs on the side of yes: an <c>await</c> of
/// the task or of the collection that it comes from, a <c>WhenAll</c> over it, a test of its status.
/// </remarks>
internal sealed class Completion
{
    private static readonly ConditionalWeakTable<Compilation, Completion> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly ObservingApis _observing;
    private readonly BlockingApis _blocking;
    private readonly Awaitables _awaitables;

    private Completion(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _observing = ObservingApis.Of(_types);
        _blocking = BlockingApis.Of(compilation);
        _awaitables = Awaitables.Of(_types);
    }

    public static Completion Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new Completion(compilation));

    /// <summary>Whether every task of the expression, one or a collection, is complete at the place.</summary>
    public bool IsKnown(IOperation tasks, IOperation place, CancellationToken cancellationToken)
    {
        if (tasks is IConversionOperation conversion)
        {
            return IsKnown(conversion.Operand, place, cancellationToken);
        }

        if (ListedValues.Of(tasks) is { Count: > 0 } elements)
        {
            foreach (var element in elements)
            {
                if (!IsKnown(element, place, cancellationToken))
                {
                    return false;
                }
            }

            return true;
        }

        var origins = new TaskOrigins(tasks, _types);
        return IsMadeComplete(origins) || HasEvidence(origins, place, cancellationToken);
    }

    private bool IsMadeComplete(TaskOrigins origins)
    {
        foreach (var value in origins.Values)
        {
            switch (value)
            {
                case IInvocationOperation call when _observing.Of(call.TargetMethod) == Observation.Complete:
                case IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } }:
                case IDefaultValueOperation when _awaitables.IsValueTask(value.Type):
                case IObjectCreationOperation creation when
                    _awaitables.IsValueTask(creation.Type) && !WrapsTask(creation):

                // The winner of a race has ended.
                case IInvocationOperation { TargetMethod: { Name: "WhenAny" or "WhenEach" } race } when
                    race.ContainingType.Is(_types.Task) && origins.Outcomes.Contains(value):
                    return true;
            }
        }

        return origins.Antecedent;
    }

    private bool WrapsTask(IObjectCreationOperation valueTask)
    {
        foreach (var argument in valueTask.Arguments)
        {
            if (_awaitables.IsTask(argument.Value.Type) || argument.Value.Type?.Name == "IValueTaskSource")
            {
                return true;
            }
        }

        return false;
    }

    private bool HasEvidence(TaskOrigins origins, IOperation place, CancellationToken cancellationToken)
    {
        if (origins.Symbols.Count == 0)
        {
            return false;
        }

        foreach (var operation in EnclosingMember.RootOf(place).Descendants())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (operation.Syntax.Span.Contains(place.Syntax.Span)
                ? IsContinuation(operation, origins)
                : ExecutionOrder.MayPrecede(operation.Syntax, place.Syntax) && IsEvidence(operation, origins, place))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsEvidence(IOperation operation, TaskOrigins origins, IOperation place)
    {
        switch (operation)
        {
            case IAwaitOperation { Operation: var awaited }:
                return !IsRace(awaited) && Mentions(awaited, origins);

            case IPropertyReferenceOperation { Property.Name: var name, Instance: { } task }
                when ObservingApis.TellsStatus(name):
                return Mentions(task, origins) || IsTestedByPattern(operation, origins);

            // Hand-written fast paths: `task.IsCompletedSuccessfully()`.
            case IInvocationOperation { TargetMethod.Name: var name } call when ObservingApis.TellsStatus(name):
                return Mentions(call, origins);

            case IInvocationOperation { TargetMethod: { Name: "WhenAll" } whenAll } call when
                whenAll.ContainingType.Is(_types.Task):
                return Mentions(call, origins);

            // A source that was completed here.
            case IInvocationOperation { Instance: { } source, TargetMethod.Name: var name } when
                source.Type?.Name == "TaskCompletionSource" && (name.StartsWith("Set") || name.StartsWith("TrySet")):
                return Mentions(source, origins);

            // The winner of a race, by comparison.
            case IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
            } comparison when _awaitables.IsTask(TypeOf(comparison.LeftOperand))
                && _awaitables.IsTask(TypeOf(comparison.RightOperand)):
                return Mentions(comparison, origins) || IsOtherOfTwo(comparison, origins);

            case IInvocationOperation call when _blocking.RowOf(call.TargetMethod) is { } row:
                return BlocksOn(call, row, origins) && ExecutionOrder.Dominates(call.Syntax, place.Syntax);

            case IPropertyReferenceOperation property when _blocking.RowOf(property.Property) is { } row:
                return BlocksOn(property, row, origins) && ExecutionOrder.Dominates(property.Syntax, place.Syntax);

            default:
                return false;
        }
    }

    /// <summary>Whether the winner of two is compared with the other one: who did not lose has won.</summary>
    private bool IsOtherOfTwo(IBinaryOperation comparison, TaskOrigins origins) =>
        IsWinnerOfTwo(comparison.LeftOperand, origins) || IsWinnerOfTwo(comparison.RightOperand, origins);

    private bool IsWinnerOfTwo(IOperation winner, TaskOrigins origins)
    {
        foreach (var outcome in new TaskOrigins(winner, _types).Outcomes)
        {
            if (outcome is IInvocationOperation { TargetMethod: { Name: "WhenAny" } method } race
                && method.ContainingType.Is(_types.Task)
                && (race.Arguments.Length == 2
                    || (race.Arguments.Length == 1 && ListedValues.Of(race.Arguments[0].Value) is { Count: 2 }))
                && Mentions(race, origins))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the operation, which the place is inside of, continues the task.</summary>
    private bool IsContinuation(IOperation operation, TaskOrigins origins) =>
        operation is IInvocationOperation { TargetMethod.Name: "ContinueWith" or "ContinueWhenAll" } call
        && Mentions(call.Instance is { } task && _awaitables.IsTask(task.Type) ? task : call.Arguments[0], origins);

    private static ITypeSymbol? TypeOf(IOperation operand) =>
        operand is IConversionOperation conversion ? conversion.Operand.Type : operand.Type;

    private bool BlocksOn(IOperation operation, BlockingApi row, TaskOrigins origins) =>
        BlockingWaits.TasksOf(operation, row.Form) is { } tasks && Mentions(tasks, origins);

    /// <summary>Whether the awaited race has several contenders, so that all but one may still be running.</summary>
    private bool IsRace(IOperation awaited) =>
        awaited.WithoutConfiguration() is IInvocationOperation { TargetMethod: { Name: "WhenAny" } method } call
        && method.ContainingType.Is(_types.Task)
        && !(call.Arguments.Length == 1
            && ListedValues.Of(call.Arguments[0].Value) is { Count: 1 });

    // In `task is { IsCompletedSuccessfully: true }` the tested value is the pattern's input.
    private bool IsTestedByPattern(IOperation member, TaskOrigins origins)
    {
        if (member is not IPropertyReferenceOperation { Instance: IInstanceReferenceOperation })
        {
            return false;
        }

        for (var current = member.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IIsPatternOperation test:
                    return Mentions(test.Value, origins);
                case ISwitchOperation choice:
                    return Mentions(choice.Value, origins);
                case ISwitchExpressionOperation choice:
                    return Mentions(choice.Value, origins);
                case IBlockOperation:
                    return false;
            }
        }

        return false;
    }

    private bool Mentions(IOperation operation, TaskOrigins origins)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (TaskOrigins.SymbolOf(part) is { } symbol && origins.AreShared(part, symbol))
            {
                return true;
            }
        }

        return false;
    }
}
