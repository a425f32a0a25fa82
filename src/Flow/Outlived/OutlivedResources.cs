using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Outlived;

/// <summary>Decides whether work may still run when something that it uses has ended.</summary>
/// <remarks>
/// Of a task that is returned: the resources whose scope the <c>return</c> leaves. Of one that nobody waits for: those
/// that end around it, and what ends with the request. Of one that a local keeps: those that end before it is joined.
/// </remarks>
internal sealed class OutlivedResources(
    KnownTypes types,
    Awaitables awaitables,
    ObservingApis observing,
    TaskLifetimes lifetimes,
    AnalyzerOptions options)
{
    private readonly ResourceScopes _scopes = new(types, awaitables);
    private readonly LifetimeTypes _lifetimeTypes = LifetimeTypes.Of(types);

    /// <summary>What ends when the function returns the task of the call, itself or as part of another.</summary>
    public OutlivedResource? OfReturned(IInvocationOperation call, EnclosingFunction function)
    {
        var wrappers = new List<IInvocationOperation> { call };
        if (function.IsAsync || ReturnOf(call, wrappers) is not { } returned)
        {
            return null;
        }

        foreach (var resource in _scopes.Around(returned))
        {
            if ((resource.IsAmbient || AnyReaches(wrappers, resource)) && !CompletedCallees.Are(call.TargetMethod))
            {
                return new(resource, returned);
            }
        }

        return null;
    }

    /// <summary>What ends while the work of the call runs, for nobody waits for it.</summary>
    public OutlivedResource? OfLost(IInvocationOperation call, IInvocationOperation? wrapper = null)
    {
        foreach (var resource in _scopes.Around(call))
        {
            if (IsReached(call, wrapper, resource) && !IsStopped(resource, call) && !IsSignalled(call))
            {
                return new(resource);
            }
        }

        return RequestOf(call, wrapper) is { } request ? new(request) : null;
    }

    /// <summary>What ends before the local that keeps the task of the call is joined.</summary>
    public OutlivedResource? OfKept(
        IInvocationOperation call, ILocalSymbol holder, CancellationToken cancellationToken)
    {
        foreach (var resource in _scopes.Around(call))
        {
            if (IsReached(call, wrapper: null, resource)
                && lifetimes.Outlives(call, holder, resource.Symbol!, cancellationToken))
            {
                return new(resource);
            }
        }

        return null;
    }

    /// <summary>What ends as soon as a field, or a list in one, has the task of the call.</summary>
    public OutlivedResource? OfStored(IInvocationOperation call)
    {
        if (StoreOf(call) is not { } store)
        {
            return null;
        }

        foreach (var resource in _scopes.Around(call))
        {
            if (IsReached(call, wrapper: null, resource) && EndsAfter(store, resource) && !IsSignalled(call))
            {
                return new(resource);
            }
        }

        return null;
    }

    private IOperation? StoreOf(IInvocationOperation call) => call.WithConversions().Parent switch
    {
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation, Parent: IExpressionStatementOperation store } =>
            store,
        IArgumentOperation
        {
            Parent: IInvocationOperation
            {
                TargetMethod.Name: "Add",
                Instance: IFieldReferenceOperation { Type: INamedTypeSymbol { TypeArguments: [var item] } },
                Parent: IExpressionStatementOperation store,
            },
        } when awaitables.IsTask(item) => store,
        _ => null,
    };

    // Nothing comes between that could wait for the task, by whatever name.
    private static bool EndsAfter(IOperation store, Resource resource)
    {
        for (var current = store; current != resource.Scope; current = current.Parent)
        {
            switch (current.Parent)
            {
                case IBlockOperation block when block.Operations[block.Operations.Length - 1] == current:
                case IConditionalOperation choice when choice.Condition != current:
                case IUsingOperation:
                case ITryOperation { Finally.Operations.Length: 1 } @try when @try.Body == current:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsReached(IInvocationOperation call, IInvocationOperation? wrapper, Resource resource) =>
        resource is { IsAmbient: false, Ending: not ResourceEnding.Unlocked }
        && !CompletedCallees.Are(call.TargetMethod)
        && (Reaches(call, resource) || (wrapper is not null && Reaches(wrapper, resource)));

    private bool AnyReaches(List<IInvocationOperation> calls, Resource resource)
    {
        foreach (var call in calls)
        {
            if (resource.Ending == ResourceEnding.Unlocked ? IsCalledOn(call, resource) : Reaches(call, resource))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Reaches(IInvocationOperation call, Resource resource) =>
        !IsAtOnce(call, resource)
        && new ResourceReach(operation => IsNamed(operation, resource.Symbol)).Holds(call);

    private static bool IsNamed(IOperation operation, ISymbol? symbol) =>
        symbol is not null && SymbolEqualityComparer.Default.Equals(TaskOrigins.SymbolOf(operation), symbol);

    // What reads and writes memory has done so when the call returns.
    private static bool IsAtOnce(IInvocationOperation call, Resource resource) =>
        call.Instance is { Type.Name: "MemoryStream" or "StringReader" or "StringWriter" } memory
        && IsNamed(memory, resource.Symbol);

    // What guards a field guards no work; what is locked itself is used while the lock is gone.
    private bool IsCalledOn(IInvocationOperation call, Resource resource)
    {
        if (call.TargetMethod.ContainingType.Is(types.Task))
        {
            return false;
        }

        if (call.Instance is { } instance && IsNamed(instance, resource.Symbol))
        {
            return true;
        }

        foreach (var argument in call.Arguments)
        {
            if (IsNamed(argument.Value.WithoutConversions(), resource.Symbol))
            {
                return true;
            }
        }

        return false;
    }

    // Whoever stops what the work runs on, before the end of its scope, has thought of the work.
    private static bool IsStopped(Resource resource, IOperation call)
    {
        foreach (var operation in EnclosingMember.RootOf(call).Descendants())
        {
            if (operation is IInvocationOperation { Instance: { } instance, TargetMethod.Name: var name }
                && operation.Syntax.SpanStart > call.Syntax.Span.End
                && EndlessApis.LooksLikeStop(name)
                && IsNamed(instance, resource.Symbol))
            {
                return true;
            }
        }

        return false;
    }

    // Work that says by a source or an event that it has ended may be waited for by that.
    private static bool IsSignalled(IOperation call)
    {
        HashSet<ISymbol>? signals = null;
        foreach (var operation in call.Descendants())
        {
            if (TaskOrigins.SymbolOf(operation) is { } symbol && DeferringApis.IsSignal(operation.Type))
            {
                (signals ??= new(SymbolEqualityComparer.Default)).Add(symbol);
            }
        }

        if (signals is null)
        {
            return false;
        }

        foreach (var operation in EnclosingMember.RootOf(call).Descendants())
        {
            if (operation.Syntax.SpanStart > call.Syntax.Span.End
                && TaskOrigins.SymbolOf(operation) is { } symbol && signals.Contains(symbol))
            {
                return true;
            }
        }

        return false;
    }

    private Resource? RequestOf(IInvocationOperation call, IInvocationOperation? wrapper)
    {
        ISymbol? found = null;
        var named = Options.Of(options, call.Syntax.SyntaxTree);
        var reach = new ResourceReach(operation =>
        {
            var isFound = _lifetimeTypes.DiesWithRequest(operation.Type, named) && IsGiven(operation, call);
            found ??= isFound ? TaskOrigins.SymbolOf(operation) : null;
            return isFound;
        });
        return reach.Holds(call) || (wrapper is not null && reach.Holds(wrapper))
            ? new(found!.Name, found, ResourceEnding.WithRequest)
            : null;
    }

    // Somebody else's: a member, a parameter, and not what the work opens, or the function makes, for itself.
    private static bool IsGiven(IOperation operation, IOperation work) => operation switch
    {
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } => true,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation or IParameterReferenceOperation } => true,
        IParameterReferenceOperation { Parameter.DeclaringSyntaxReferences: var declared } =>
            !declared.Any(reference => work.Syntax.Span.Contains(reference.Span)),
        _ => false,
    };

    private IOperation? ReturnOf(IOperation start, List<IInvocationOperation> wrappers)
    {
        var current = start;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IReturnOperation { Kind: OperationKind.Return }:
                    return parent;

                case IConversionOperation { Conversion.IsUserDefined: false } or ICoalesceOperation
                    or ISwitchExpressionArmOperation:
                case IConditionalOperation choice when choice.Condition != current:
                case ISwitchExpressionOperation choices when choices.Value != current:
                case IConditionalAccessOperation access when access.WhenNotNull == current:
                    break;

                case IInvocationOperation call when call.Instance == current && IsSameWork(call):
                    wrappers.Add(call);
                    break;

                case IArgumentOperation { Parent: IInvocationOperation call } argument
                    when call.TargetMethod.IsExtensionMethod && argument.Parameter?.Ordinal == 0 && IsSameWork(call):
                    wrappers.Add(call);
                    parent = call;
                    break;

                case IArgumentOperation { Parent: IInvocationOperation call } when IsCombination(call):
                    parent = call;
                    break;

                case IArgumentOperation { Parent: IObjectCreationOperation creation }
                    when awaitables.IsValueTask(creation.Type):
                    parent = creation;
                    break;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return ReturnOf(declarator.Symbol, start);

                case var _ when ListedValues.ListOf(current) is { } list:
                    parent = list;
                    break;

                default:
                    return null;
            }

            current = parent;
        }

        return null;
    }

    // A local that is returned, and nothing else: who asks whether its task has ended may know that it has.
    private static IOperation? ReturnOf(ILocalSymbol local, IOperation start)
    {
        IOperation? returned = null;
        foreach (var reference in LocalMentions.Of(local, start))
        {
            if (reference.WithConversions().Parent is not IReturnOperation { Kind: OperationKind.Return } statement)
            {
                return null;
            }

            returned = statement;
        }

        return returned;
    }

    private bool IsSameWork(IInvocationOperation call) =>
        observing.Of(call.TargetMethod) is Observation.SameWork or Observation.Continuation;

    private bool IsCombination(IInvocationOperation call) =>
        call.TargetMethod is { Name: "WhenAll" or "WhenAny" } && call.TargetMethod.ContainingType.Is(types.Task);
}
