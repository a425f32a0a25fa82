using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Operations;

/// <summary>Decides whether an operation belongs to a coroutine, whose only thread is its event loop's.</summary>
internal static class LoopCode
{
    public static bool Holds(IOperation operation, ISymbol? containingSymbol, KnownTypes types) =>
        types.Coroutine is not null
        && EnclosingFunction.Of(operation, containingSymbol).Symbol is { ReturnsVoid: false } function
        && function.ReturnType.IsOrDerivesFrom(types.Coroutine);
}
