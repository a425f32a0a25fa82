using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides where async code blocks the thread on a task that may still be running.</summary>
internal sealed class BlockingWaits
{
    private static readonly ConditionalWeakTable<Compilation, BlockingWaits> ByCompilation = new();

    private readonly BlockingApis _apis;
    private readonly SpawningApis _spawning;
    private readonly Completion _completion;
    private readonly Awaitables _awaitables;
    private readonly KnownTypes _types;
    private readonly Silence _silence;

    private BlockingWaits(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _apis = BlockingApis.Of(compilation);
        _spawning = SpawningApis.Of(_types);
        _completion = Completion.Of(compilation);
        _awaitables = Awaitables.Of(_types);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static BlockingWaits Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new BlockingWaits(compilation));

    /// <summary>The row that a call or property belongs to; null where it does not block.</summary>
    public BlockingApi? RowOf(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property => _apis.RowOf(property.Property),
        IInvocationOperation call => _apis.RowOf(call.TargetMethod),
        _ => null,
    };

    public Finding? Of(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        if (RowOf(operation) is not { } row
            || WaitsForNoTime(operation)
            || !IsAsyncCode(operation, containingSymbol)
            || _silence.Covers(operation)
            || SynchronousBranches.Hold(operation)
            || TasksOf(operation, row.Form) is not { } tasks
            || _completion.IsKnown(tasks, operation, cancellationToken))
        {
            return null;
        }

        var barrier = operation.SemanticModel is { } model
            ? AsyncPlace.BarrierAt(operation.Syntax, model, cancellationToken)
            : AsyncBarrier.None;
        return new(
            Descriptors.BlockingWait,
            operation,
            operation.Syntax.GetLocation(),
            ImmutableArray.Create(NameOf(operation, row), Advice(operation, row, barrier)));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var candidate in node.DescendantNodesAndSelf(inner => inner.Span == node.Span))
        {
            if (candidate.Span == node.Span && model.GetOperation(candidate, cancellationToken) is { } operation
                && RowOf(operation) is not null)
            {
                return Of(
                    operation, model.GetEnclosingSymbol(node.SpanStart, cancellationToken), cancellationToken);
            }
        }

        return null;
    }

    /// <summary>What is waited for: a task, the awaiter's, or a collection; null where it is hidden.</summary>
    public static IOperation? TasksOf(IOperation operation, BlockingForm form) => (operation, form) switch
    {
        (IPropertyReferenceOperation { Instance: { } task }, _) => task is IInstanceReferenceOperation ? null : task,
        (IInvocationOperation { Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter" } awaiter },
            BlockingForm.GetResult) => awaiter.Instance,
        (_, BlockingForm.GetResult) => null,
        (IInvocationOperation { Instance: { } task }, _) => task is IInstanceReferenceOperation ? null : task,
        (IInvocationOperation { Arguments: { IsEmpty: false } arguments }, _) => arguments[0].Value,
        _ => null,
    };

    private static bool WaitsForNoTime(IOperation operation)
    {
        if (operation is IInvocationOperation call)
        {
            foreach (var argument in call.Arguments)
            {
                if (IsZero(argument.Value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsZero(IOperation value) => value switch
    {
        IConversionOperation conversion => IsZero(conversion.Operand),
        IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => true,
        IDefaultValueOperation { Type.Name: "TimeSpan" } => true,
        IInvocationOperation { TargetMethod.ContainingType.Name: "TimeSpan" } call =>
            call.Arguments.All(static argument => IsZero(argument.Value)),
        { ConstantValue: { HasValue: true, Value: 0 or 0L or 0d } } => true,
        _ => false,
    };

    private bool IsAsyncCode(IOperation operation, ISymbol? containingSymbol)
    {
        var function = EnclosingFunction.Of(operation, containingSymbol);

        // Nobody wrote the lambda of a query clause.
        while (function.Root is IAnonymousFunctionOperation { IsImplicit: true })
        {
            function = EnclosingFunction.Of(function.Root, containingSymbol);
        }

        return function.IsAsyncCode(_awaitables)
            && (function.Symbol is { IsAsync: true } || !IsForThread(function.Root));
    }

    private bool IsForThread(IOperation function) =>
        function is IAnonymousFunctionOperation { Parent: { } conversion }
        && (conversion is IDelegateCreationOperation ? conversion.Parent : conversion) is IArgumentOperation argument
        && argument.Parent switch
        {
            IInvocationOperation call => RunsOnThread(call.TargetMethod),
            IObjectCreationOperation creation => creation.Type.Is(_types.Thread),
            _ => false,
        };

    private bool RunsOnThread(IMethodSymbol method) =>
        _spawning.Of(method) is SpawnTarget.Pool or SpawnTarget.PoolTask or SpawnTarget.Thread
        || (method.Name is "RunOnThreadPool" or "SpawnOnThreadPool" && method.ContainingType.Is(_types.TaskGroup));

    private static string NameOf(IOperation operation, BlockingApi row)
    {
        var task = TasksOf(operation, row.Form);
        return row.Form switch
        {
            BlockingForm.WaitAll or BlockingForm.WaitAny => "Task." + row.Member,
            BlockingForm.GetResult => NameOf(task) + ".GetAwaiter().GetResult()",
            BlockingForm.Result => NameOf(task) + ".Result",
            _ => NameOf(task) + "." + row.Member + "()",
        };
    }

    private static string NameOf(IOperation? task) => task switch
    {
        IConversionOperation conversion => NameOf(conversion.Operand),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } inner } => NameOf(inner),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } called } =>
            NameOf(called) + "()",
        IInvocationOperation call => call.TargetMethod.Name + "()",
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member is IPropertySymbol { IsIndexer: true }
            ? "this[]"
            : member.Member.Name,
        _ => "Task",
    };

    private static string Advice(IOperation operation, BlockingApi row, AsyncBarrier barrier) => barrier switch
    {
        AsyncBarrier.None => row.Form switch
        {
            BlockingForm.WaitAll => "use 'await Task.WhenAll'",
            BlockingForm.WaitAny => "use 'await Task.WhenAny'",
            BlockingForm.RunSynchronously => "await the work itself",
            BlockingForm.Wait when HasTimeout(operation) => "await it with a timeout",
            _ => "await it",
        },
        AsyncBarrier.NotAsync => "make the function async and await it",
        AsyncBarrier.Lock or AsyncBarrier.HeldLock =>
            "await it before the lock is taken, or use a lock that can be awaited",
        AsyncBarrier.CatchFilter => "await it before the filter needs it",
        AsyncBarrier.Query => "await it before the query",
        AsyncBarrier.LiveReference => "await it where no span or reference is alive",
        AsyncBarrier.Unsafe => "await it outside the unsafe context",
        _ => "await it where 'await' can stand",
    };

    private static bool HasTimeout(IOperation operation) =>
        operation is IInvocationOperation call
        && call.TargetMethod.Parameters.Any(parameter => parameter.Type.Name is "Int32" or "TimeSpan");
}
