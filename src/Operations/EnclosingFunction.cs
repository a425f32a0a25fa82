using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Operations;

/// <summary>
/// The function that an operation or node stands in: method, accessor, lambda, local function, top-level code.
/// </summary>
/// <param name="Symbol">The function; null in a field or property initializer.</param>
/// <param name="Root">
/// The operation whose body it is: an anonymous function, a local function, or the outermost block.
/// </param>
internal readonly record struct EnclosingFunction(IMethodSymbol? Symbol, IOperation Root)
{
    public bool IsAsync => Symbol is { IsAsync: true } || IsTopLevel;

    /// <summary>Top-level statements; <c>await</c> may be written there although nothing says <c>async</c>.</summary>
    public bool IsTopLevel => Symbol is { Name: "<Main>$" or "$Main" };

    public bool IsLambda => Symbol is { MethodKind: MethodKind.AnonymousFunction };

    public static EnclosingFunction Of(IOperation operation, ISymbol? containingSymbol)
    {
        var current = operation;
        while (true)
        {
            switch (current)
            {
                case IAnonymousFunctionOperation lambda when current != operation:
                    return new(lambda.Symbol, lambda);
                case ILocalFunctionOperation local when current != operation:
                    return new(local.Symbol, local);
            }

            if (current.Parent is not { } parent)
            {
                return new(containingSymbol as IMethodSymbol, current);
            }

            current = parent;
        }
    }

    /// <summary>Whether this is async code: async, or it returns an awaitable.</summary>
    public bool IsAsyncCode(Awaitables awaitables) =>
        IsAsync || (Symbol is { ReturnsVoid: false } symbol && awaitables.Of(symbol.ReturnType) != Awaitable.None);
}
