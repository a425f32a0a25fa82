using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Values;

namespace ScopedTasks.Analyzers.Flow.Captures;

/// <summary>Decides over the control flow graph whether work may still run when its starter reaches a place.</summary>
/// <remarks>
/// It has ended where something that holds it is waited for, or a signal that it gives. Whatever merely looks like such
/// a wait counts as one.
/// </remarks>
internal sealed class StartedWork
{
    private readonly FunctionStart _work;
    private readonly ILoopOperation _loop;
    private readonly BlockingApis _blocking;
    private readonly HashSet<string> _holders = new(StringComparer.Ordinal);
    private readonly HashSet<SyntaxNode> _awaitedOneByOne = [];

    /// <param name="work">What makes the function run.</param>
    /// <param name="function">The lambda or local function that is the work.</param>
    /// <param name="loop">The loop that starts it.</param>
    /// <param name="starts">What is known of functions within it.</param>
    /// <param name="blocking">What is known of waits.</param>
    public StartedWork(
        FunctionStart work, IOperation function, ILoopOperation loop, FunctionStarts starts, BlockingApis blocking)
    {
        _work = work;
        _loop = loop;
        _blocking = blocking;
        AddHoldersOf(work.Call);
        foreach (var operation in function.Descendants())
        {
            if (TaskOrigins.SymbolOf(operation) is { } symbol && DeferringApis.IsSignal(operation.Type))
            {
                _holders.Add(symbol.Name);
            }

            foreach (var inner in starts.Of(operation))
            {
                AddHoldersOf(inner.Call);
            }
        }

        AddAliases();
    }

    private IOperation Start => _work.Call;

    /// <summary>Whether one of the places may be reached before the work has ended.</summary>
    public bool Meets(ICollection<SyntaxNode> places, ISymbol variable)
    {
        _holders.Remove(variable.Name);
        if ((!_work.Outlives && IsWaitedForAtOnce())
            || IsOfFreshGroup()
            || FunctionGraphs.Around(Start) is not { } graph)
        {
            return false;
        }

        // The statement that starts the work is done before anything that comes after it.
        return new PathsBetween(graph, isStop: IsWait, isGoal: operation => places.Contains(operation.Syntax))
            .FindFrom(operation => operation.Syntax.Span == Start.Syntax.Span, StatementOf(Start.Syntax)) is not null;
    }

    private bool IsWait(IOperation operation) =>
        (IsWaiting(operation) && Mentions(operation.Syntax)) || _awaitedOneByOne.Contains(operation.Syntax);

    private bool IsWaiting(IOperation operation) => operation switch
    {
        IAwaitOperation => true,
        IInvocationOperation call =>
            DeferringApis.LooksLikeWait(call.TargetMethod.Name) || _blocking.RowOf(call.TargetMethod) is not null,
        IPropertyReferenceOperation property => _blocking.RowOf(property.Property) is not null,
        _ => false,
    };

    private bool Mentions(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Any(name => _holders.Contains(name.Identifier.ValueText));

    private bool IsWaitedForAtOnce()
    {
        for (var current = Start.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                case IReturnOperation { Kind: OperationKind.YieldReturn }:
                    return true;
                case var wait when IsWaiting(wait):
                    return true;
            }
        }

        return false;
    }

    // A group that belongs to one turn of the loop has joined its children when the turn ends.
    private bool IsOfFreshGroup() =>
        Start is IInvocationOperation { TargetMethod.ContainingType.Name: "TaskGroup", Instance: { } group }
        && CapturedVariables.VariableOf(group)?.DeclaringSyntaxReferences is [var reference]
        && _loop.Syntax.Span.Contains(reference.Span);

    private void AddHoldersOf(IOperation start)
    {
        for (var current = start; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or IBlockOperation:
                    return;
                case IVariableDeclaratorOperation declarator:
                    _holders.Add(declarator.Symbol.Name);
                    break;
                case IAssignmentOperation { Target: var target } when target != current:
                    AddHolder(target);
                    break;
                case IInvocationOperation { Instance: { } instance } when instance != current:
                    AddHolder(instance);
                    break;
            }
        }
    }

    private void AddHolder(IOperation holder)
    {
        var current = holder;
        while (true)
        {
            switch (current)
            {
                case IConversionOperation conversion:
                    current = conversion.Operand;
                    continue;
                case IArrayElementReferenceOperation element:
                    current = element.ArrayReference;
                    continue;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance }:
                    current = instance;
                    continue;
            }

            if (TaskOrigins.SymbolOf(current) is { } symbol)
            {
                _holders.Add(symbol.Name);
            }

            return;
        }
    }

    // 'var all = Task.WhenAll(tasks);', 'foreach (var task in tasks)'
    private void AddAliases()
    {
        foreach (var operation in _loop.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator
                    when Mentions(value.Syntax):
                    _holders.Add(declarator.Symbol.Name);
                    break;
                case IForEachLoopOperation each when Mentions(each.Collection.Syntax):
                    foreach (var local in each.Locals)
                    {
                        _holders.Add(local.Name);
                    }

                    if (each.Body.Descendants().Any(inner => IsWaiting(inner) && Mentions(inner.Syntax)))
                    {
                        _awaitedOneByOne.Add(each.Collection.Syntax);
                    }

                    break;
            }
        }
    }

    private static SyntaxNode StatementOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<StatementSyntax>() is { } statement and not (ForStatementSyntax or WhileStatementSyntax
            or DoStatementSyntax or IfStatementSyntax or SwitchStatementSyntax or UsingStatementSyntax
            or LockStatementSyntax or CommonForEachStatementSyntax)
            ? statement
            : node;
}
