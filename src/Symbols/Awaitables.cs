using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ScopedTasks.Analyzers.Symbols;

/// <summary>Decides, once for everyone, whether a type is awaitable and whether its work is already running.</summary>
internal sealed class Awaitables(KnownTypes types)
{
    private static readonly ConditionalWeakTable<KnownTypes, Awaitables> ByTypes = new();

    private readonly ConcurrentDictionary<ITypeSymbol, Awaitable> _known = new(SymbolEqualityComparer.Default);

    public static Awaitables Of(KnownTypes types) => ByTypes.GetValue(types, static types => new Awaitables(types));

    public Awaitable Of(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType != SpecialType.None || type.TypeKind is TypeKind.Error or TypeKind.Enum
            or TypeKind.Delegate or TypeKind.Array or TypeKind.Pointer or TypeKind.Dynamic)
        {
            return Awaitable.None;
        }

        return _known.TryGetValue(type, out var known) ? known : _known.GetOrAdd(type, Classify(type));
    }

    public bool IsHot([NotNullWhen(true)] ITypeSymbol? type) => Of(type) == Awaitable.Hot;

    /// <summary>Whether the type is exactly <c>Task</c> or <c>Task&lt;T&gt;</c>, or derives from it.</summary>
    public bool IsTask([NotNullWhen(true)] ITypeSymbol? type) => type.IsOrDerivesFrom(types.Task);

    /// <summary>Whether the type is <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c>.</summary>
    public bool IsValueTask([NotNullWhen(true)] ITypeSymbol? type) =>
        type.Is(types.ValueTask) || type.Is(types.ValueTaskOfT);

    /// <summary>What <c>await</c> of the type gives: null for no value, or when the type is not a task.</summary>
    public ITypeSymbol? ResultOf(ITypeSymbol? type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (current.Is(types.TaskOfT) || current.Is(types.ValueTaskOfT))
            {
                return current.TypeArguments[0];
            }
        }

        return null;
    }

    private Awaitable Classify(ITypeSymbol type)
    {
        if (IsTask(type) || IsValueTask(type))
        {
            return Awaitable.Hot;
        }

        if (type.IsOrDerivesFrom(types.Coroutine) || type.HasAttribute("ColdAttribute"))
        {
            return Awaitable.Cold;
        }

        if (type.IsOrDerivesFrom(types.AsyncEnumerable))
        {
            return Awaitable.Stream;
        }

        if (type is ITypeParameterSymbol parameter)
        {
            return OfConstraints(parameter);
        }

        return IsConfigured(type) || HasBuilder(type) ? Awaitable.Hot : Awaitable.None;
    }

    private Awaitable OfConstraints(ITypeParameterSymbol parameter)
    {
        foreach (var constraint in parameter.ConstraintTypes)
        {
            if (constraint is not ITypeParameterSymbol && Of(constraint) is var kind and not Awaitable.None)
            {
                return kind;
            }
        }

        return Awaitable.None;
    }

    private static bool IsConfigured(ITypeSymbol type) =>
        type is { Name: "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" }
        && type.ContainingNamespace?.ToDisplayString() == "System.Runtime.CompilerServices";

    // A type that async methods may return is task-like; of any other awaitable nobody knows whether it runs already.
    private static bool HasBuilder(ITypeSymbol type) =>
        type.HasAttribute("AsyncMethodBuilderAttribute") && HasGetAwaiter(type);

    private static bool HasGetAwaiter(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers("GetAwaiter"))
            {
                if (member is IMethodSymbol { Parameters.IsEmpty: true, IsStatic: false, ReturnsVoid: false })
                {
                    return true;
                }
            }
        }

        return false;
    }
}
