using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.CodeFixes.Building.Callers;

/// <summary>
/// Makes functions asynchronous from a place on: the one around it, those that call that one, and so on, to a border
/// that allows it: a function that returns a task already, <c>Main</c>, a test. Every call is awaited, or nothing is
/// written.
/// </summary>
internal sealed class AsyncChain(Edit edit)
{
    private const int MostFunctions = 50;
    private const int MostCalls = 200;

    private readonly HashSet<SyntaxNode> _functions = [];
    private readonly Queue<Site> _open = new();
    private int _calls;

    /// <summary>Whether functions change beside the first.</summary>
    public bool ReachesCallers => _calls > 0;

    /// <summary>
    /// Makes it possible to await at the place, where the edit does so already; false where a border is in the way.
    /// </summary>
    public Task<bool> TryMakeAsync(Site place)
    {
        _open.Enqueue(place);
        return TryGoOnAsync();
    }

    /// <summary>Lets an asynchronous function that returns nothing return a task, where every call may wait.</summary>
    public async Task<bool> TryReturnTaskAsync(Site declaration, IMethodSymbol function, Func<Site, bool> mayWait)
    {
        _functions.Add(declaration.Node);
        return await CallsOfAsync(declaration, function).ConfigureAwait(false) is { } calls
            && calls.All(mayWait)
            && TryAwait(calls)
            && await TryGoOnAsync().ConfigureAwait(false);
    }

    private async Task<bool> TryGoOnAsync()
    {
        while (_open.Count > 0)
        {
            var place = _open.Dequeue();
            place.CancellationToken.ThrowIfCancellationRequested();
            if (await CallsAfterAsync(place).ConfigureAwait(false) is not { } calls || !TryAwait(calls))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Makes the function around the place asynchronous; the calls that have to be awaited then, null if it cannot be.
    /// </summary>
    private async Task<IReadOnlyList<Site>?> CallsAfterAsync(Site place)
    {
        if (place.CanAwait)
        {
            return [];
        }

        if (place.OnceAsync.Barrier != AsyncBarrier.None
            || place.Function is not { Symbol: { } function, Root: { Syntax: var node } root })
        {
            return null;
        }

        if (!_functions.Add(node))
        {
            return [];
        }

        if (_functions.Count > MostFunctions
            || !CanBeAsync(function, node)
            || AwaitInPlace.AsksForItsThread(node)
            || edit.Covers(node)
            || !OtherWaits.TryWrite(edit, place, node))
        {
            return null;
        }

        if (ReturnsTask(place, function))
        {
            return AsyncFunction.Of(place)?.TryWrite(edit) == true ? [] : null;
        }

        if (!place.Function.IsLambda)
        {
            return await CallsOfAsync(place, function).ConfigureAwait(false);
        }

        if (!IsForTaskRun(place, root))
        {
            return null;
        }

        edit.Rewrite(node, AsyncFunction.Async);
        return [];
    }

    private bool TryAwait(IReadOnlyList<Site> calls)
    {
        foreach (var call in calls)
        {
            if (++_calls > MostCalls
                || call.Node is not ExpressionSyntax original
                || edit.Covers(original)
                || call.OnceAsync.Barrier != AsyncBarrier.None
                || AwaitInPlace.IsBehindNullCheck(original)
                || AwaitInPlace.CompoundAssignmentOf(original) is not null
                || Expressions.IsReadAsCall(original, Expressions.Await(call, original)))
            {
                return false;
            }

            edit.Rewrite(original, rewritten => Expressions.InPlaceOf(
                original, Expressions.Await(call, (ExpressionSyntax)rewritten)));
            _open.Enqueue(call);
        }

        return true;
    }

    /// <summary>
    /// Lets a function return a task: its calls, null where it cannot, or where nobody would wait for it any more.
    /// </summary>
    private async Task<IReadOnlyList<Site>?> CallsOfAsync(Site inside, IMethodSymbol function)
    {
        var isCalledFromOutside = TestMethods.AreRun(function);
        if (IsMain(inside, function))
        {
            if (inside.Language < LanguageVersion.CSharp7_1 || !function.GetAttributes().IsEmpty)
            {
                return null;
            }

            isCalledFromOutside = true;
        }
        else if ((isCalledFromOutside && !function.ReturnsVoid)
            || !await Signatures.CanChangeAsync(inside, function).ConfigureAwait(false))
        {
            return null;
        }

        if (!CanBeInTask(inside, function)
            || await CallSites.OfAsync(inside, function).ConfigureAwait(false) is not { } calls
            || (calls.Count == 0 && !isCalledFromOutside))
        {
            return null;
        }

        foreach (var declaration in Signatures.DeclarationsOf(function, inside.CancellationToken))
        {
            TaskReturn.Write(edit, inside, function, declaration);
        }

        return calls;
    }

    private static bool IsMain(Site inside, IMethodSymbol function) => SymbolEqualityComparer.Default.Equals(
        inside.Model.Compilation.GetEntryPoint(inside.CancellationToken), function);

    private static bool CanBeAsync(IMethodSymbol function, SyntaxNode node) =>
        !function.IsVararg
        && function.Parameters.All(parameter => parameter is
        {
            RefKind: RefKind.None,
            Type: { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer) },
        })
        && !IsOfMutableStruct(function)
        && !OwnNodes.Of(node).Any(inner => inner is YieldStatementSyntax);

    // An asynchronous method of a struct works on a copy.
    private static bool IsOfMutableStruct(IMethodSymbol function) =>
        function is { MethodKind: MethodKind.Ordinary, IsStatic: false, IsReadOnly: false }
        && function.ContainingType is { TypeKind: TypeKind.Struct, IsReadOnly: false };

    private static bool ReturnsTask(Site place, IMethodSymbol function) =>
        function.ReturnType.Is(place.Types.Task)
        || function.ReturnType.Is(place.Types.TaskOfT)
        || place.Awaitables.IsValueTask(function.ReturnType);

    private static bool CanBeInTask(Site inside, IMethodSymbol function) =>
        function.ReturnsVoid
        || (function is
            {
                ReturnsByRef: false,
                ReturnsByRefReadonly: false,
                ReturnType:
                {
                    IsRefLikeType: false,
                    TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error),
                } result,
            }
            && inside.Types.TaskOfT is not null
            && inside.Awaitables.Of(result) == Awaitable.None);

    // The task that it gives then is the one of its work, as it was.
    private static bool IsForTaskRun(Site place, IOperation lambda) =>
        lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
        && call.TargetMethod.ContainingType.Is(place.Types.Task)
        && SpawningApis.Of(place.Types).Of(call.TargetMethod) == SpawnTarget.PoolTask;
}
