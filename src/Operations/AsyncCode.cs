using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Operations;

/// <summary>Decides whether an operation belongs to async code, whose thread has other work while it waits.</summary>
/// <remarks>A lambda that is not <c>async</c> and is handed to the pool or a thread has its own thread.</remarks>
internal sealed class AsyncCode
{
    private static readonly ConditionalWeakTable<KnownTypes, AsyncCode> ByTypes = new();

    private readonly KnownTypes _types;
    private readonly Awaitables _awaitables;
    private readonly SpawningApis _spawning;

    private AsyncCode(KnownTypes types)
    {
        _types = types;
        _awaitables = Awaitables.Of(types);
        _spawning = SpawningApis.Of(types);
    }

    public static AsyncCode Of(KnownTypes types) => ByTypes.GetValue(types, static types => new AsyncCode(types));

    public bool Holds(IOperation operation, ISymbol? containingSymbol)
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
}
