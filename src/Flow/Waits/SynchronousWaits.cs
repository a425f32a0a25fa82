using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Waits;

/// <summary>Decides where synchronous code may block on a task, and what to do where it may not.</summary>
internal sealed class SynchronousWaits(KnownTypes types)
{
    private readonly SpawningApis _spawning = SpawningApis.Of(types);

    /// <summary>Whether the place blocks because it has to: it ends something, or has a thread of its own.</summary>
    public bool Accept(IOperation operation, BlockingApi row, ISymbol? containingSymbol)
    {
        if (row.Form == BlockingForm.RunSynchronously
            || (row.Form is BlockingForm.Result or BlockingForm.GetResult
                && !IsStartedHere(BlockingWaits.TasksOf(operation, row.Form), operation)))
        {
            return true;
        }

        if (containingSymbol is IMethodSymbol member && (IsEnd(member) || IsOldMain(member, operation)
            || IsBridge(member)))
        {
            return true;
        }

        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (current is IAnonymousFunctionOperation lambda && HasThread(lambda))
            {
                return true;
            }

            if (current is ILocalFunctionOperation { Symbol: var local } && IsEnd(local))
            {
                return true;
            }
        }

        return false;
    }

    public static string Advice(IOperation operation, ISymbol? containingSymbol, AsyncBarrier barrier)
    {
        if (barrier is not (AsyncBarrier.NotAsync or AsyncBarrier.NeverAsync or AsyncBarrier.Initializer))
        {
            return Wording.BeyondBarrier(barrier);
        }

        var function = EnclosingFunction.Of(operation, containingSymbol);
        return function switch
        {
            { Root: IAnonymousFunctionOperation lambda } when IsLazy(lambda) =>
                "keep a 'Lazy<Task<T>>' and await its value",
            { IsLambda: true } => "hand over an async lambda and await it",
            { Symbol.MethodKind: MethodKind.Constructor } =>
                "create the object in an async method and await it there",
            { Symbol.MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet } =>
                "turn the property into an async method and await it",
            { Symbol.MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } when IsGiven(function.Symbol) =>
                $"'{function.Symbol.Name}' is synchronous by contract: give the contract an async member",
            { Symbol: { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method } =>
                $"make '{method.Name}' async and await it",
            _ => Wording.BeyondBarrier(barrier),
        };
    }

    // Whoever asks a task that it was given for its result may know that it has one.
    private static bool IsStartedHere(IOperation? task, IOperation operation) => task switch
    {
        IConversionOperation conversion => IsStartedHere(conversion.Operand, operation),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } configured } =>
            IsStartedHere(configured, operation),
        IInvocationOperation => true,
        ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declaration] } local =>
            declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax }
            && !IsCaptured(local.Local, operation),
        _ => false,
    };

    private static bool IsCaptured(ILocalSymbol local, IOperation operation)
    {
        var function = EnclosingFunction.Of(operation, local.ContainingSymbol);
        return !SymbolEqualityComparer.Default.Equals(function.Symbol, local.ContainingSymbol);
    }

    // Whoever disposes does not wait: there is nobody to hand a task to.
    private static bool IsEnd(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Destructor
        || (method.ReturnsVoid && (method.Name == "Dispose" || method.Name.EndsWith(".Dispose")));

    private static bool IsOldMain(IMethodSymbol method, IOperation operation) =>
        method is { Name: "Main", IsStatic: true }
        && operation.Syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp7_1 };

    // An awaiter's own `GetResult`; `EndRead(IAsyncResult)`.
    private static bool IsBridge(IMethodSymbol method) =>
        (method.Name == "GetResult" && method.ContainingType.GetMembers("OnCompleted").Length > 0)
        || method.Parameters.Any(static parameter => parameter.Type.Name == "IAsyncResult");

    private bool HasThread(IAnonymousFunctionOperation lambda) => TakerOf(lambda) switch
    {
        IObjectCreationOperation creation => creation.Type.Is(types.Thread),
        IInvocationOperation call => _spawning.Of(call.TargetMethod) == SpawnTarget.Thread
            || call.TargetMethod.ContainingType is { Name: "Blocking", ContainingNamespace.Name: "ScopedTasks" },
        _ => false,
    };

    private static bool IsLazy(IAnonymousFunctionOperation lambda) =>
        TakerOf(lambda) is IObjectCreationOperation { Type: { Name: "Lazy", ContainingNamespace.Name: "System" } };

    private static IOperation? TakerOf(IAnonymousFunctionOperation lambda) =>
        (lambda.Parent is IDelegateCreationOperation conversion ? conversion.Parent : lambda.Parent)
            is IArgumentOperation argument ? argument.Parent : null;

    private static bool IsGiven(IMethodSymbol method)
    {
        if (method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty)
        {
            return true;
        }

        if (method is not { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary })
        {
            return false;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (!contract.GetMembers(method.Name).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
