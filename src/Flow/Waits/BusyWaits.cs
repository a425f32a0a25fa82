using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Captures;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Waits;

/// <summary>Decides whether a loop does nothing but ask again whether somebody has changed something.</summary>
internal sealed class BusyWaits
{
    private static readonly ConditionalWeakTable<Compilation, BusyWaits> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Silence _silence;

    private BusyWaits(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static BusyWaits Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new BusyWaits(compilation));

    public Finding? Of(IOperation operation)
    {
        if (operation is not ILoopOperation loop || ConditionOf(loop) is not { } head)
        {
            return null;
        }

        IInvocationOperation? pause = null;
        var questions = new List<IOperation>();
        if (head.ConstantValue is not { HasValue: true })
        {
            questions.Add(head);
        }

        foreach (var statement in StatementsOf(loop.Body))
        {
            if (PauseIn(statement) is { } found)
            {
                pause = found;
            }
            else if (ExitIn(statement) is { } question)
            {
                questions.Add(question);
            }
            else if (!ChecksToken(statement))
            {
                return null;
            }
        }

        return pause is not null
            && questions.All(LooksOnly)
            && StateIn(questions, loop) is { } state
            && !_silence.Covers(pause)
                ? new(
                    Descriptors.BusyWait,
                    pause,
                    pause.Syntax.GetLocation(),
                    ImmutableArray.Create(state.Syntax.ToString(), Advice(state)))
                : null;
    }

    private static IOperation? ConditionOf(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => condition,
        IForLoopOperation { Condition: { } condition } => condition,
        _ => null,
    };

    private static IEnumerable<IOperation> StatementsOf(IOperation body) =>
        body is IBlockOperation block ? block.Operations : ImmutableArray.Create(body);

    /// <summary>The call of <c>await Task.Delay(..)</c>, <c>await Task.Yield()</c>.</summary>
    private IInvocationOperation? PauseIn(IOperation statement) =>
        statement is IExpressionStatementOperation { Operation: IAwaitOperation { Operation: var awaited } }
        && awaited.WithoutConfiguration() is IInvocationOperation { TargetMethod.Name: "Delay" or "Yield" } call
        && call.TargetMethod.ContainingType.Is(_types.Task)
            ? call
            : null;

    /// <summary>What is asked before the loop is left: <c>if (done) break;</c>.</summary>
    private static IOperation? ExitIn(IOperation statement) =>
        statement is IConditionalOperation { WhenFalse: null } choice
        && StatementsOf(choice.WhenTrue).ToList() is [IBranchOperation { BranchKind: BranchKind.Break }
            or IReturnOperation { ReturnedValue: null or ILiteralOperation }]
            ? choice.Condition
            : null;

    private bool ChecksToken(IOperation statement) =>
        statement is IExpressionStatementOperation
        {
            Operation: IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" },
        }
        or IEmptyOperation;

    /// <summary>Whether asking is all that the condition does: a call that does more is the loop's work.</summary>
    private static bool LooksOnly(IOperation question)
    {
        foreach (var operation in question.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvalidOperation or IDynamicInvocationOperation or IAwaitOperation or IAssignmentOperation
                    or IIncrementOrDecrementOperation or IObjectCreationOperation or IAnonymousFunctionOperation:
                case IInvocationOperation call when !PollingApis.LooksOnly(call.TargetMethod):
                    return false;
            }
        }

        return true;
    }

    /// <summary>The first thing asked for that others change; null where it only counts or tells the time.</summary>
    private static IOperation? StateIn(List<IOperation> questions, ILoopOperation loop)
    {
        foreach (var question in questions)
        {
            foreach (var operation in question.DescendantsAndSelf())
            {
                var isState = operation switch
                {
                    IFieldReferenceOperation { Field: { IsConst: false, IsReadOnly: false } } => true,
                    IPropertyReferenceOperation property => !PollingApis.IsTime(property.Property),
                    IInvocationOperation call => call.TargetMethod.Parameters.Length <= 2,
                    ILocalReferenceOperation local => IsChangedElsewhere(local, loop),
                    IParameterReferenceOperation => false,
                    _ => false,
                };
                if (isState)
                {
                    return operation;
                }
            }
        }

        return null;
    }

    // A local that a lambda or another thread's code may write.
    private static bool IsChangedElsewhere(ILocalReferenceOperation local, ILoopOperation loop)
    {
        foreach (var operation in EnclosingMember.RootOf(loop).Descendants())
        {
            if (CapturedVariables.WrittenBy(operation, local.Local)
                && FunctionStarts.FunctionAround(operation) != FunctionStarts.FunctionAround(loop))
            {
                return true;
            }
        }

        return false;
    }

    private string Advice(IOperation state) => state switch
    {
        IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" } =>
            "await 'Task.Delay(Timeout.Infinite, token)'",
        IPropertyReferenceOperation { Property.Name: "HasExited" } => "await 'WaitForExitAsync'",
        IPropertyReferenceOperation { Instance.Type: { } type, Property.Name: var name }
            when Awaitables.Of(_types).IsHot(type) && name.StartsWith("Is", StringComparison.Ordinal) =>
            "await the task",
        IPropertyReferenceOperation { Property.Name: "Count" or "IsEmpty" or "Length" } =>
            "await 'WaitToReadAsync' of a channel, or a 'SemaphoreSlim' that counts",
        _ => "await a 'TaskCompletionSource' that is completed where it changes",
    };
}
