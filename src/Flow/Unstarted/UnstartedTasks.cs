using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Unstarted;

/// <summary>Decides whether a task that was made with <c>new</c> is waited for, or let go, without a start.</summary>
/// <remarks>Whoever else gets hold of the task may start it: such a task is left alone.</remarks>
internal sealed class UnstartedTasks
{
    private static readonly ConditionalWeakTable<Compilation, UnstartedTasks> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Silence _silence;

    private UnstartedTasks(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static UnstartedTasks Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new UnstartedTasks(compilation));

    public Finding? Of(IOperation operation, ISymbol? containingSymbol)
    {
        if (operation is not IObjectCreationOperation { Type: { } type } creation
            || !(type.Is(_types.Task) || type.Is(_types.TaskOfT))
            || UseOf(creation, containingSymbol) is not { } use
            || _silence.Covers(creation))
        {
            return null;
        }

        var (what, advice) = use switch
        {
            TaskUse.Awaited => ("is awaited but never started, so the wait never ends", "use 'Task.Run'"),
            TaskUse.Waited => ("is waited for but never started, so the wait never ends", "use 'Task.Run'"),
            TaskUse.Returned => (
                "is returned but never started, so whoever awaits it waits for ever", "use 'Task.Run'"),
            TaskUse.OnPath => (
                "is waited for on a path that does not start it, so the wait never ends",
                "start it on every path, or use 'Task.Run'"),
            _ => ("is never started, so it never runs", "use 'Task.Run'"),
        };
        return new(
            Descriptors.UnstartedTask,
            creation,
            creation.Syntax.GetLocation(),
            ImmutableArray.Create(
                "new " + type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), what, advice));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        var expression = node is ArgumentSyntax argument ? argument.Expression : node as ExpressionSyntax;
        expression = expression is null or BaseObjectCreationExpressionSyntax
            ? expression
            : expression.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault();
        return expression is not null
            && model.GetOperation(expression, cancellationToken) is { } operation
                ? Of(operation, model.GetEnclosingSymbol(expression.SpanStart, cancellationToken))
                : null;
    }

    /// <summary>What becomes of a task that nobody has started; null where somebody has, or may.</summary>
    public TaskUse? UseOf(IObjectCreationOperation creation, ISymbol? containingSymbol)
    {
        var use = UseOf(creation, creation, containingSymbol, out var holder, out var isWhole);
        return use switch
        {
            TaskUse.Kept => UseOf(creation, holder!, isWhole, containingSymbol),
            TaskUse.Escaped or TaskUse.Started => null,
            _ => use,
        };
    }

    private TaskUse? UseOf(
        IObjectCreationOperation creation, ILocalSymbol local, bool isWhole, ISymbol? containingSymbol)
    {
        var function = EnclosingFunction.Of(creation, containingSymbol).Root;
        var starts = new HashSet<SyntaxNode>();
        var waits = new Dictionary<SyntaxNode, TaskUse>();
        var isLookedAt = false;
        foreach (var reference in LocalMentions.Of(local, creation))
        {
            if (EnclosingFunction.Of(reference, containingSymbol).Root != function)
            {
                return null;
            }

            switch (UseOf(reference, creation, containingSymbol, out _, out _))
            {
                case TaskUse.Started:
                    starts.Add(reference.Syntax);
                    break;
                case TaskUse.Neutral or TaskUse.Dropped:
                    isLookedAt = true;
                    break;
                case TaskUse.Escaped or TaskUse.Kept:
                    return null;
                case var wait:
                    waits.Add(reference.Syntax, wait);
                    break;
            }
        }

        // A test may want to know what a task is like that nobody has started.
        if (isLookedAt && waits.Count == 0 && TestMethods.IsTest(containingSymbol))
        {
            return null;
        }

        return starts.Count == 0
            ? waits.Count == 0 ? TaskUse.Dropped : waits.Values.First()
            : isWhole && waits.Count > 0 && function is not (IAnonymousFunctionOperation or ILocalFunctionOperation)
                && StartPaths.ReachUnstarted(creation, starts, waits.Keys)
                ? TaskUse.OnPath
                : null;
    }

    private TaskUse UseOf(
        IOperation value,
        IObjectCreationOperation creation,
        ISymbol? containingSymbol,
        out ILocalSymbol? holder,
        out bool isWhole)
    {
        holder = null;
        isWhole = true;
        var current = value;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation { Conversion.IsUserDefined: false }:
                case IArrayInitializerOperation:
                case IArrayCreationOperation:
                    break;

                case ICoalesceOperation:
                case IConditionalOperation choice when choice.Condition != current:
                case ISwitchExpressionArmOperation arm when arm.Value == current:
                case ISwitchExpressionOperation choices when choices.Value != current:
                    isWhole = false;
                    break;

                case IConditionalAccessOperation access when access.Operation == current:
                    return UseOfConditional(access, creation, containingSymbol);

                case IInvocationOperation call when call.Instance == current:
                    switch (call.TargetMethod.Name)
                    {
                        case "Start" or "RunSynchronously":
                            return TaskUse.Started;
                        case "Wait" or "GetResult":
                            return TaskUse.Waited;
                        case "ConfigureAwait" or "WaitAsync" or "GetAwaiter" or "ContinueWith":
                            break;
                        default:
                            return TaskUse.Neutral;
                    }

                    break;

                case IArgumentOperation { Parent: IInvocationOperation call }:
                    if (!call.TargetMethod.ContainingType.Is(_types.Task))
                    {
                        if (call.TargetMethod is not { Name: "Unwrap", ContainingType.Name: "TaskExtensions" })
                        {
                            return TaskUse.Escaped;
                        }

                        parent = call;
                        break;
                    }

                    return call.TargetMethod.Name is "WhenAll" or "WaitAll" ? TaskUse.Waited : TaskUse.Escaped;

                case IPropertyReferenceOperation { Property.Name: var property }:
                    return property == "Result" ? TaskUse.Waited : TaskUse.Neutral;

                case IAwaitOperation:
                    return TaskUse.Awaited;

                case IBinaryOperation or IIsPatternOperation or IIsTypeOperation or INameOfOperation:
                    return TaskUse.Neutral;

                case IExpressionStatementOperation:
                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    return TaskUse.Dropped;

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                    if (assignment.Target == current)
                    {
                        return assignment.Value.Syntax.Contains(creation.Syntax) || IsNull(assignment.Value)
                            ? TaskUse.Neutral
                            : TaskUse.Escaped;
                    }

                    holder = target.Local;
                    return assignment.Parent is IExpressionStatementOperation ? TaskUse.Kept : TaskUse.Escaped;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    holder = local;
                    return local.IsUsing ? TaskUse.Escaped : TaskUse.Kept;

                case IReturnOperation { Kind: OperationKind.Return }:
                    return PromisesRunningTask(parent, containingSymbol) ? TaskUse.Returned : TaskUse.Escaped;

                default:
                    return TaskUse.Escaped;
            }

            current = parent;
        }

        return TaskUse.Escaped;
    }

    // `task?.Start()`: what is done with the task is done behind the question mark.
    private TaskUse UseOfConditional(
        IConditionalAccessOperation access, IObjectCreationOperation creation, ISymbol? containingSymbol)
    {
        foreach (var operation in access.WhenNotNull.DescendantsAndSelf())
        {
            if (operation is IConditionalAccessInstanceOperation)
            {
                return UseOf(operation, creation, containingSymbol, out _, out _);
            }
        }

        return TaskUse.Escaped;
    }

    // A factory may hand out tasks for its callers to start; a method that says 'Async', or is called through a
    // contract, hands out work that runs.
    private static bool PromisesRunningTask(IOperation returned, ISymbol? containingSymbol) =>
        EnclosingFunction.Of(returned, containingSymbol) is
        {
            Symbol: { IsAsync: false, MethodKind: not MethodKind.AnonymousFunction } method,
        }
        && (method.Name.EndsWith("Async", StringComparison.Ordinal)
            || method.IsOverride
            || !method.ExplicitInterfaceImplementations.IsEmpty);

    private static bool IsNull(IOperation value) => value switch
    {
        IConversionOperation conversion => IsNull(conversion.Operand),
        IDefaultValueOperation => true,
        _ => value.ConstantValue is { HasValue: true, Value: null },
    };
}
