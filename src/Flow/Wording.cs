using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Handlers;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Flow.Outlived;
using ScopedTasks.Analyzers.Flow.Races;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Says what is wrong at one site and what to do there: the arguments of a finding's message.</summary>
internal sealed class Wording(KnownTypes types, SpawningApis spawning, Awaitables awaitables)
{
    private bool HasRuntime => types.TaskGroup is not null;

    private bool HasPeriodicTimer =>
        types.Compilation.GetBestTypeByMetadataName("System.Threading.PeriodicTimer") is not null;

    private bool HasParallelForEachAsync => types.Parallel?.GetMembers("ForEachAsync").IsEmpty is false;

    public ImmutableArray<string> Dropped(IInvocationOperation call, TaskTrail trail, EnclosingFunction function) =>
        ImmutableArray.Create(NameOf(call), WhyDropped(call, trail, function));

    public ImmutableArray<string> Discarded(IInvocationOperation call, EnclosingFunction function) =>
        ImmutableArray.Create(
            NameOf(call),
            $"{LossOf(call)}; {(function.IsAsync ? RunInGroup : Own)}");

    public ImmutableArray<string> Detached(IInvocationOperation call, ISymbol group) =>
        ImmutableArray.Create(NameOf(call), group.Name, LossOf(call));

    public ImmutableArray<string> Kept(
        IInvocationOperation call, ILocalSymbol holder, Lifetime life, EnclosingFunction function) =>
        ImmutableArray.Create(
            NameOf(call),
            holder.Name,
            life.End == LifetimeEnd.Overwritten
                ? "is given another value before anybody has waited for this one"
                : "is never awaited",
            function.IsAsync ? HasRuntime ? "run it in a task group" : "await it" : Own);

    public ImmutableArray<string> KeptInField(IInvocationOperation start, IFieldSymbol field)
    {
        var end = OwnEndOf(field.ContainingType);
        return ImmutableArray.Create(
            NameOf(start),
            field.Name,
            field.ContainingType.Name,
            end is not null ? $"await it in '{end.Name}'"
            : HasRuntime ? "give the type a task group, and dispose that in its 'DisposeAsync'"
            : "give the type a 'DisposeAsync', and await it there");
    }

    public ImmutableArray<string> OnPath(IInvocationOperation call, Lifetime life, EnclosingFunction function) =>
        ImmutableArray.Create(
            NameOf(call),
            life is { End: LifetimeEnd.LostOnFailure, Where: IAwaitOperation awaited }
                ? $"the failure of '{NameOfAwaited(awaited)}' leaves before"
                : PathWording.Of(life.Where!, life.Holds),
            function.IsAsync ? HasRuntime ? "run it in a task group" : "await it on every path" : Own);

    public ImmutableArray<string> Sibling(IInvocationOperation call, Lifetime life) =>
        ImmutableArray.Create(
            NameOf(call),
            life.Sibling!.Name,
            HasRuntime ? "run them with 'TaskGroup.WhenAllAsync'" : "await them together with 'Task.WhenAll'");

    public ImmutableArray<string> Outlived(
        IInvocationOperation call, OutlivedResource outlived, EnclosingFunction function)
    {
        var ending = outlived.Resource.Ending switch
        {
            ResourceEnding.GivenBack => "is given back",
            ResourceEnding.Unlocked => "is unlocked",
            ResourceEnding.WithRequest => "ends with the request",
            _ => "is disposed",
        };
        var advice = outlived switch
        {
            { Resource.Ending: ResourceEnding.Unlocked } => "take a lock that can be awaited",
            { Returned: not null } => "make the function 'async' and await it",
            { Resource.Ending: ResourceEnding.WithRequest } =>
                function.IsAsync ? HasRuntime ? "run it in a task group" : "await it" : "let it open one of its own",
            _ when function.IsAsync =>
                HasRuntime ? "run it in a task group within its scope" : "await it within its scope",
            _ => "keep it open until that has ended",
        };
        return ImmutableArray.Create(
            NameOf(call),
            outlived.Resource.Name,
            ending + (outlived.Returned is null
                ? " while nobody waits for it"
                : " as soon as its task is returned"),
            advice);
    }

    public ImmutableArray<string> AbandonedTimeout(IInvocationOperation call, IInvocationOperation wait) =>
        ImmutableArray.Create(
            NameOf(call),
            wait.TargetMethod.Name == "WhenAny" ? "Task.WhenAny" : wait.TargetMethod.Name,
            types.CancelScope is not null
                ? "'CancelScope.FailAfterAsync' cancels it and waits for it"
                : "cancel it by a token, and await it");

    public ImmutableArray<string> AbandonedRace(IInvocationOperation call, Race? race) => ImmutableArray.Create(
        race is not null ? string.Join("' and '", race.Contenders.Select(NameOf))
            : TaskOrigins.SymbolOf(call.Arguments[0].Value.WithoutConversions())?.Name ?? "Select",
        HasRuntime && awaitables.ResultOf(awaitables.ResultOf(call.Type)) is not null
            ? "'TaskGroup.RaceAsync' cancels the losers and waits for them"
            : "cancel the rest by a token, and await it");

    public ImmutableArray<string> Nested(IInvocationOperation call, bool canUnwrap) => ImmutableArray.Create(
        NameOf(call), canUnwrap ? "add '.Unwrap()'" : "await what it gives, too");

    public ImmutableArray<string> SpawnInLoop(IInvocationOperation call, ILoopOperation loop) =>
        ImmutableArray.Create(
            NameOf(call),
            LoopBounds.IsEndless(loop) ? ", and the loop has no end" : string.Empty,
            HasRuntime ? "run it in a task group with a limit" : "wait for it, or bound how many run at once");

    public ImmutableArray<string> OverlappingTick(IOperation start, TickingApi tick) =>
        ImmutableArray.Create(
            NameOf(start),
            tick.Display,
            tick.Source switch
            {
                TickSource.Loop => "await it in the loop",
                TickSource.Event => "hand the events to a bounded channel, and await the work in one loop",
                _ when types.PeriodicTimer is not null =>
                    "await the work in a loop over a 'PeriodicTimer', or skip ticks while it runs",
                _ => "let the timer fire once, and start it again when the work has ended",
            });

    public ImmutableArray<string> AsyncForEach(IOperation start, LoopCall loop) =>
        ImmutableArray.Create(
            loop.Row.Display,
            NameOf(start),
            (start is IInvocationOperation call ? LossOf(call) : "its failure ends the process")
                + "; " + AsyncForEachAdvice(loop.Row));

    public ImmutableArray<string> FanOut(IOperation start) =>
        ImmutableArray.Create(NameOf(start), FanOutAdvice(start));

    public ImmutableArray<string> AsValue(IOperation start, TaskValue value, EnclosingFunction function)
    {
        var kind = awaitables.Of(start.Type);
        var noun = kind switch
        {
            Awaitable.Stream => "stream",
            Awaitable.Cold => "coroutine",
            _ => "task",
        };
        var why = value.Use switch
        {
            ValueUse.Text => $"the text gets the name of the {noun}'s type",
            ValueUse.NullCheck => $"the {noun} is never null, whatever its result",
            ValueUse.Comparison => $"the {noun} is compared, not its result",
            _ => $"{NameOfSink(value.Sink)} gets the {noun}, not its result",
        };
        var advice = kind == Awaitable.Stream ? "enumerate it"
            : function.IsAsync ? "await it"
            : "make the function async and await it";
        return ImmutableArray.Create(NameOf(start), $"{why}; {advice}");
    }

    public static ImmutableArray<string> Void(IMethodSymbol method, bool isGuarded) => ImmutableArray.Create(
        method.Name,
        isGuarded ? "no caller can wait for it" : "no caller can wait for it, and its failure ends the process");

    public ImmutableArray<string> VoidDelegate(IOperation function, ITypeSymbol type, bool isGuarded) =>
        ImmutableArray.Create(
            NameOf(function),
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            isGuarded ? "whoever calls it goes on before it has ended" : "its failure ends the process",
            type.Name switch
            {
                "TimerCallback" when HasPeriodicTimer => "await it in a loop over a 'PeriodicTimer'",
                "ThreadStart" or "ParameterizedThreadStart" or "WaitCallback" =>
                    "start it with 'Task.Run' and keep the task",
                _ => "use a delegate that returns 'Task'",
            });

    public static ImmutableArray<string> Unguarded(IMethodSymbol handler, SyntaxNode leak) => ImmutableArray.Create(
        handler.MethodKind == MethodKind.AnonymousFunction ? NameOf(handler) : handler.Name,
        leak switch
        {
            AwaitExpressionSyntax awaited =>
                CalledIn(awaited.Expression) is { } name ? $"a failure of '{name}'" : "a failure of what it awaits",
            CommonForEachStatementSyntax => "a failure of its 'await foreach'",
            UsingStatementSyntax or LocalDeclarationStatementSyntax => "a failure of its 'await using'",
            _ => "its 'throw'",
        });

    public ImmutableArray<string> Multicast(ISymbol target, ITypeSymbol? type) => ImmutableArray.Create(
        target.Name,
        awaitables.ResultOf(type) is null ? "task" : "task and result",
        HasRuntime ? "run all of its handlers in a task group" : "await 'Task.WhenAll' over its 'GetInvocationList'");

    private static ISymbol? OwnEndOf(INamedTypeSymbol type) =>
        type.GetMembers("StopAsync").FirstOrDefault() ?? type.GetMembers("DisposeAsync").FirstOrDefault();

    private static string? CalledIn(ExpressionSyntax awaited) => awaited switch
    {
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "ConfigureAwait",
                Expression: var configured,
            },
        } => CalledIn(configured),
        InvocationExpressionSyntax call => CalledIn(call.Expression),
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        ParenthesizedExpressionSyntax parenthesized => CalledIn(parenthesized.Expression),
        _ => null,
    };

    private static string NameOfSink(IOperation sink) => sink switch
    {
        IInvocationOperation call => $"'{call.TargetMethod.Name}'",
        IObjectCreationOperation creation => $"'{creation.Type?.Name}'",
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } =>
            $"'{(property.IsIndexer ? property.ContainingType.Name : property.Name)}'",
        _ => "the caller",
    };

    /// <summary>What to do with something blocking that stands where <c>await</c> cannot.</summary>
    public static string BeyondBarrier(AsyncBarrier barrier) => barrier switch
    {
        AsyncBarrier.Lock or AsyncBarrier.HeldLock =>
            "await it before the lock is taken, or use a lock that can be awaited",
        AsyncBarrier.CatchFilter => "await it before the filter needs it",
        AsyncBarrier.Query => "await it before the query",
        AsyncBarrier.LiveReference => "await it where no span or reference is alive",
        AsyncBarrier.Unsafe => "await it outside the unsafe context",
        _ => "await it where 'await' can stand",
    };

    private string RunInGroup => HasRuntime ? "run it in a task group" : "keep the task and await it";

    private string Own => HasRuntime
        ? "run it in a task group, or hand it to 'BackgroundTasks.Spawn'"
        : "keep the task and let its owner await it";

    private string WhyDropped(IInvocationOperation call, TaskTrail trail, EnclosingFunction function)
    {
        if (DelegateOf(function) is { } type)
        {
            var name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            return $"'{name}' returns nothing, so whoever calls it cannot wait; "
                + $"hand over a delegate that returns the task, or {RunInGroup}";
        }

        var advice = function.IsAsync ? HasRuntime ? "await it, or run it in a task group" : "await it" : Own;
        return trail switch
        {
            { Wrapper.TargetMethod.Name: "ContinueWith" } =>
                $"its 'ContinueWith' does not look at its failure and is dropped too; {advice}",
            _ when IsInTry(call) =>
                "the 'catch' around it cannot see its failure; "
                + (function.IsAsync ? "await it inside the 'try'" : Own),
            { IsConditional: true } when function.IsAsync => $"the compiler does not warn behind '?.'; {advice}",
            { Wrapper.TargetMethod.Name: "ConfigureAwait" } => $"'ConfigureAwait' does not wait; {advice}",
            _ => $"{LossOf(call)}; {advice}",
        };
    }

    private string LossOf(IInvocationOperation call) =>
        GuardedBody.Of(call) ? "it may be cut off at any time"
        : spawning.Of(call.TargetMethod) is SpawnTarget.Pool or SpawnTarget.Thread ? "its failure ends the process"
        : "its failure is lost";

    private string AsyncForEachAdvice(LoopingApi loop) =>
        loop.Member == "Invoke"
            ? HasRuntime ? "run them in a task group" : "await them with 'Task.WhenAll'"
        : !loop.IsParallel
            ? HasRuntime
                ? "await each in a 'foreach', or run them with 'TaskGroup.ForEachAsync'"
                : "await each in a 'foreach'"
        : HasRuntime ? "run them with 'TaskGroup.ForEachAsync'"
        : HasParallelForEachAsync ? "run them with 'Parallel.ForEachAsync'"
        : "await each in a 'foreach'";

    private string FanOutAdvice(IOperation start)
    {
        if (HasRuntime)
        {
            var hasResult = start switch
            {
                IInvocationOperation call => awaitables.ResultOf(call.Type),
                IAnonymousFunctionOperation lambda => awaitables.ResultOf(lambda.Symbol.ReturnType),
                IMethodReferenceOperation reference => awaitables.ResultOf(reference.Method.ReturnType),
                _ => null,
            } is not null;
            return $"bound it with 'TaskGroup.{(hasResult ? "SelectAsync" : "ForEachAsync")}'";
        }

        return HasParallelForEachAsync
            ? "bound it with 'Parallel.ForEachAsync'"
            : "bound it with a 'SemaphoreSlim'";
    }

    private string NameOf(IOperation start) => start switch
    {
        IMethodReferenceOperation reference => reference.Method.Name,
        IAnonymousFunctionOperation lambda => NameOf(lambda.Symbol),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } called } =>
            NameOfDelegate(called),
        IInvocationOperation call => spawning.RowOf(call.TargetMethod)?.Display ?? call.TargetMethod.Name,
        ILocalReferenceOperation local => local.Local.Name,
        _ => start.Syntax.ToString(),
    };

    private string NameOfAwaited(IAwaitOperation awaited) => awaited.Operation.WithoutConfiguration() switch
    {
        IInvocationOperation { IsImplicit: true, TargetMethod.Name: "MoveNextAsync" } => "await foreach",
        IMemberReferenceOperation member => member.Member.Name,
        var other => NameOf(other),
    };

    private static string NameOf(IMethodSymbol lambda) =>
        lambda.Parameters is [var given] ? $"async {given.Name} => .." : "async (..) => ..";

    private static string NameOfDelegate(IOperation called) => called switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        IConditionalAccessInstanceOperation { Syntax: var receiver } => receiver.ToString(),
        _ => "Invoke",
    };

    // The delegate that a lambda without a result became: whoever calls it gets no task to wait for.
    private static ITypeSymbol? DelegateOf(EnclosingFunction function) =>
        function is { Symbol: { ReturnsVoid: true, IsAsync: false }, Root: IAnonymousFunctionOperation lambda }
            ? (lambda.Parent as IDelegateCreationOperation)?.Type
            : null;

    private static bool IsInTry(IOperation operation)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                case ITryOperation { Catches.IsEmpty: false } block when block.Body == current:
                    return true;
            }
        }

        return false;
    }
}
