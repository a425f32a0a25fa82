using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Bounds;

/// <summary>Decides whether a loop takes ended tasks one by one out of a collection by <c>WhenAny</c>.</summary>
internal sealed class WhenAnyLoops
{
    private static readonly ConditionalWeakTable<Compilation, WhenAnyLoops> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Silence _silence;

    private WhenAnyLoops(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static WhenAnyLoops Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new WhenAnyLoops(compilation));

    public Finding? Of(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod.Name: "WhenAny", Arguments: [var tasks] } call
            || !call.TargetMethod.ContainingType.Is(_types.Task)
            || LoopBounds.LoopOf(call) is not { } loop
            || CollectionIn(tasks.Value) is not { } collection
            || !IsAwaited(call)
            || !ShrinksIn(loop, collection)
            || _silence.Covers(call))
        {
            return null;
        }

        return new(
            Descriptors.WhenAnyLoop,
            call,
            call.Syntax.GetLocation(),
            ImmutableArray.Create(collection.Name, Advice(loop, collection)));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => Of(candidate) is not null, cancellationToken) is { } operation
            ? Of(operation)
            : null;

    private string Advice(ILoopOperation loop, ISymbol collection) =>
        GrowsAround(loop, collection)
            ? _types.TaskGroup is not null
                ? "in a task group with a limit 'SpawnAsync' waits for a free slot"
                : "bound how many run with a 'SemaphoreSlim'"
        : _types.Task!.GetMembers("WhenEach").IsEmpty
            ? "let each task go on with its own result, and await 'Task.WhenAll'"
            : "use 'await foreach' over 'Task.WhenEach'";

    /// <summary>The variable behind <c>tasks</c>, <c>tasks.ToArray()</c>.</summary>
    private static ISymbol? CollectionIn(IOperation tasks)
    {
        var current = tasks;
        while (true)
        {
            switch (current)
            {
                case IConversionOperation conversion:
                    current = conversion.Operand;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" } copy:
                    current = copy.Instance ?? copy.Arguments[0].Value;
                    break;
                default:
                    return TaskOrigins.SymbolOf(current);
            }
        }
    }

    private static bool IsAwaited(IOperation call)
    {
        var value = call;
        while (value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } outer)
        {
            value = outer;
        }

        return value.Parent is IAwaitOperation;
    }

    private static bool ShrinksIn(ILoopOperation loop, ISymbol collection)
    {
        foreach (var operation in loop.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { Instance: { } instance } call
                    when call.TargetMethod.Name is "Remove" or "RemoveAt" or "RemoveAll" or "RemoveWhere" or "TryRemove"
                    && IsOf(instance, collection):
                case ISimpleAssignmentOperation assignment
                    when IsOf(assignment.Target, collection)
                    && assignment.Value.Descendants().Any(part => part is IInvocationOperation
                    {
                        TargetMethod.Name: "Where" or "Except" or "Remove",
                    })
                    && assignment.Value.Descendants().Any(part => IsOf(part, collection)):
                    return true;
            }
        }

        return false;
    }

    // Then the loop waits for room, and not for the results.
    private static bool GrowsAround(ILoopOperation loop, ISymbol collection)
    {
        for (var current = loop; current is not null; current = LoopBounds.LoopOf(current))
        {
            foreach (var operation in current.Descendants())
            {
                if (operation is IInvocationOperation { TargetMethod.Name: "Add" or "AddRange", Instance: { } instance }
                    && IsOf(instance, collection))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsOf(IOperation operation, ISymbol collection) =>
        SymbolEqualityComparer.Default.Equals(TaskOrigins.SymbolOf(operation), collection);
}
