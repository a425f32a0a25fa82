using System.Collections.Concurrent;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Twins;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Chains;

/// <summary>
/// Collects what each synchronous method of a compilation does whenever it is called, and tells in the end which calls
/// in async code come to something that blocks.
/// </summary>
/// <remarks>
/// One walk over the operations that the compiler shows anyway, and one over the calls: the cost is linear. A method
/// that another type may override does nobody knows what, and so does what a condition, a loop or a lambda decides.
/// </remarks>
internal sealed class CallChains
{
    private const int LongestChain = 6;

    private readonly ConcurrentDictionary<IMethodSymbol, ConcurrentBag<ChainLink>> _links =
        new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _helpers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<ChainSite> _sites = [];
    private readonly ConcurrentDictionary<SyntaxNode, int> _exits = new();
    private readonly Compilation _compilation;
    private readonly AnalyzerOptions _options;
    private readonly Awaitables _awaitables;
    private readonly BlockingWaits _waits;
    private readonly PrimitiveWaits _primitives;
    private readonly AsyncTwins _twins;
    private readonly Completion _completion;
    private readonly Silence _silence;

    public CallChains(Compilation compilation, AnalyzerOptions options)
    {
        var types = KnownTypes.Of(compilation);
        _compilation = compilation;
        _options = options;
        _awaitables = Awaitables.Of(types);
        _waits = BlockingWaits.Of(compilation);
        _primitives = PrimitiveWaits.Of(compilation, options);
        _twins = AsyncTwins.Of(compilation);
        _completion = Completion.Of(compilation);
        _silence = new(types, ObservingApis.Of(types));
    }

    /// <summary>Takes note of a call, property or <c>new</c>.</summary>
    public void Add(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        var callee = operation is IInvocationOperation call && IsHelper(call.TargetMethod)
            ? call.TargetMethod.OriginalDefinition
            : null;
        var row = callee is null ? NameOfBlocking(operation) : null;
        if (callee is null && row is null)
        {
            return;
        }

        var function = EnclosingFunction.Of(operation, containingSymbol);
        if (function.Symbol is not { } symbol)
        {
            return;
        }

        if (function.IsAsync)
        {
            if (callee is not null)
            {
                _sites.Add(new(callee, (IInvocationOperation)operation, containingSymbol));
            }
        }
        else if (IsHelper(symbol)
            && IsCertain(operation, function.Root)
            && !_silence.Covers(operation)
            && (row is null || !IsComplete(operation, cancellationToken)))
        {
            _links.GetOrAdd(symbol.OriginalDefinition, static _ => [])
                .Add(new(operation.Syntax.SpanStart, row, callee));
        }
    }

    /// <summary>The calls in async code that come to something that blocks, whatever happens on the way.</summary>
    public IEnumerable<Finding> Findings(CancellationToken cancellationToken)
    {
        var levels = Levels();
        foreach (var site in _sites)
        {
            if (levels.ContainsKey(site.Callee) && Matters(site, cancellationToken))
            {
                yield return new(
                    Descriptors.BlockingHelper,
                    site.Call,
                    site.Call.Syntax.GetLocation(),
                    ImmutableArray.Create(site.Callee.Name, ChainOf(site.Callee, levels)));
            }
        }
    }

    // Most callees block nowhere: what costs more than a look is asked of the others alone.
    private bool Matters(ChainSite site, CancellationToken cancellationToken) =>
        !SynchronousBranches.Hold(site.Call)
        && !TestMethods.IsTest(site.ContainingSymbol)
        && !_silence.Covers(site.Call)
        && _twins.Of(site.Call, site.ContainingSymbol, cancellationToken) is null;

    /// <summary>How many calls each blocking method is away from what blocks.</summary>
    private Dictionary<IMethodSymbol, int> Levels()
    {
        var callers = new Dictionary<IMethodSymbol, List<IMethodSymbol>>(SymbolEqualityComparer.Default);
        var levels = new Dictionary<IMethodSymbol, int>(SymbolEqualityComparer.Default);
        var open = new Queue<IMethodSymbol>();
        foreach (var entry in _links)
        {
            foreach (var link in entry.Value)
            {
                if (link.Callee is not { } callee)
                {
                    if (!levels.ContainsKey(entry.Key))
                    {
                        levels.Add(entry.Key, 0);
                        open.Enqueue(entry.Key);
                    }

                    continue;
                }

                if (!callers.TryGetValue(callee, out var known))
                {
                    callers.Add(callee, known = []);
                }

                known.Add(entry.Key);
            }
        }

        while (open.Count > 0)
        {
            var blocked = open.Dequeue();
            if (!callers.TryGetValue(blocked, out var known))
            {
                continue;
            }

            foreach (var caller in known)
            {
                if (!levels.ContainsKey(caller))
                {
                    levels.Add(caller, levels[blocked] + 1);
                    open.Enqueue(caller);
                }
            }
        }

        return levels;
    }

    // The shortest way to what blocks; of two, the one that comes first in the code.
    private string ChainOf(IMethodSymbol method, Dictionary<IMethodSymbol, int> levels)
    {
        var names = new List<string>();
        var current = method;
        while (true)
        {
            names.Add(current.Name);
            var next = _links[current]
                .Where(link => link.Callee is null || levels.ContainsKey(link.Callee))
                .OrderBy(link => link.Callee is null ? -1 : levels[link.Callee])
                .ThenBy(link => link.Position)
                .First();
            if (next.Callee is null)
            {
                names.Add(next.Primitive!);
                break;
            }

            current = next.Callee;
        }

        if (names.Count > LongestChain)
        {
            names.RemoveRange(LongestChain - 2, names.Count - LongestChain + 1);
            names.Insert(LongestChain - 2, "..");
        }

        return string.Join(" -> ", names);
    }

    private bool IsHelper(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly)
        && _awaitables.Of(method.ReturnType) == Awaitable.None
        && _helpers.GetOrAdd(method.OriginalDefinition, IsSynchronousAndKnown);

    private bool IsSynchronousAndKnown(IMethodSymbol method) =>
        method is { IsAsync: false, IsAbstract: false, IsExtern: false }
        && !(method.IsVirtual || (method.IsOverride && !method.IsSealed && !method.ContainingType.IsSealed))
        && method is not { Name: "Dispose" or "Main" }
        && !method.HasAttribute("NonBlockingAttribute")
        && !method.HasAttribute("BlockingAttribute");

    private string? NameOfBlocking(IOperation operation)
    {
        if (_waits.RowOf(operation) is { } wait)
        {
            return operation is IInvocationOperation call && Timeouts.IsZero(call) ? null
                : wait.Form == BlockingForm.GetResult ? "GetAwaiter().GetResult()"
                : "Task." + wait.Member;
        }

        return _primitives.RowOf(operation) is
            {
                Form: PrimitiveForm.Sleep or PrimitiveForm.Semaphore or PrimitiveForm.Signal or PrimitiveForm.Process,
            } row
            && !(operation is IInvocationOperation timed && Timeouts.IsZero(timed))
                ? $"{row.Type.Substring(row.Type.LastIndexOf('.') + 1)}.{row.Member}"
                : null;
    }

    private bool IsComplete(IOperation operation, CancellationToken cancellationToken) =>
        _waits.RowOf(operation) is { } wait
        && (BlockingWaits.TasksOf(operation, wait.Form) is not { } tasks
            || _completion.IsKnown(tasks, operation, cancellationToken));

    /// <summary>Whether it is done whenever the function is called.</summary>
    private bool IsCertain(IOperation operation, IOperation function) =>
        Conditions.AreNone(operation.Syntax, function.Syntax)
        && operation.Syntax.SpanStart < _exits.GetOrAdd(function.Syntax, FirstExitOf);

    /// <summary>Where a function may be left for the first time; at once when it is an iterator.</summary>
    private static int FirstExitOf(SyntaxNode root)
    {
        var first = int.MaxValue;
        foreach (var node in root.DescendantNodes(inner => inner == root
            || inner is not (ExpressionSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is YieldStatementSyntax)
            {
                return -1;
            }

            if (node is ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax)
            {
                first = Math.Min(first, node.Span.End);
            }
        }

        return first;
    }
}
