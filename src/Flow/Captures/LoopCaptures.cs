using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Captures;

/// <summary>
/// Decides whether work that a loop starts may read a variable when the loop has given it another value.
/// </summary>
internal sealed class LoopCaptures
{
    private static readonly ConditionalWeakTable<Compilation, LoopCaptures> ByCompilation = new();

    private readonly FunctionStarts _starts;
    private readonly LateReads _reads;
    private readonly Silence _silence;
    private readonly BlockingApis _blocking;

    private LoopCaptures(Compilation compilation)
    {
        var types = KnownTypes.Of(compilation);
        _starts = new(DeferringApis.Of(types));
        _reads = new(_starts);
        _silence = new(types, ObservingApis.Of(types));
        _blocking = BlockingApis.Of(compilation);
    }

    public static LoopCaptures Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new LoopCaptures(compilation));

    /// <summary>What is wrong with the variables that a lambda or local function captures.</summary>
    public IEnumerable<Finding> Of(IOperation function, CancellationToken cancellationToken) =>
        CapturesOf(function, cancellationToken).Select(FindingOf);

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        CaptureAt(node, model, cancellationToken) is { } capture ? FindingOf(capture) : null;

    /// <summary>The capture whose late read stands at the node.</summary>
    public LoopCapture? CaptureAt(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node is ArgumentSyntax argument)
        {
            node = argument.Expression;
        }

        for (var operation = model.GetOperation(node, cancellationToken); operation is not null;
            operation = operation.Parent)
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                foreach (var capture in CapturesOf(operation, cancellationToken))
                {
                    if (capture.Read.Syntax == node)
                    {
                        return capture;
                    }
                }
            }
        }

        return null;
    }

    private static Finding FindingOf(LoopCapture capture)
    {
        var when = capture.Start.Runs == RunTime.AtOnce
            ? "after an 'await' of work that the loop does not wait for"
            : $"when '{capture.Start.Name}' runs it";
        return new(
            Descriptors.CapturedLoopVariable,
            capture.Read,
            capture.Read.Syntax.GetLocation(),
            ImmutableArray.Create(capture.Variable.Name, when));
    }

    private IEnumerable<LoopCapture> CapturesOf(IOperation function, CancellationToken cancellationToken)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var start in _starts.Of(function))
        {
            if (start.Runs == RunTime.Unknown || LoopBounds.LoopOf(start.Call) is not { } innermost)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach (var variable in CapturedVariables.Of(function))
            {
                if (!found.Contains(variable)
                    && LoopThatChanges(variable, start.Call, innermost, out var writes) is { } loop
                    && _reads.FirstOf(variable, function, start.Runs) is { } read
                    && !_silence.Covers(start.Call)
                    && new StartedWork(start, function, loop, _starts, _blocking).Meets(writes, variable))
                {
                    found.Add(variable);
                    yield return new(variable, read, function, start, loop);
                }
            }
        }
    }

    /// <summary>The innermost loop around the start that gives the variable another value.</summary>
    private static ILoopOperation? LoopThatChanges(
        ISymbol variable, IOperation start, ILoopOperation innermost, out HashSet<SyntaxNode> writes)
    {
        writes = [];
        var declaration = variable.DeclaringSyntaxReferences[0].GetSyntax();
        for (var loop = innermost; loop is not null; loop = LoopBounds.LoopOf(loop))
        {
            if (IsFresh(declaration, loop))
            {
                return null;
            }

            foreach (var operation in loop.Descendants())
            {
                if (CapturedVariables.WrittenBy(operation, variable)
                    && !operation.Syntax.Span.Contains(start.Syntax.Span)
                    && IsOwn(operation, loop))
                {
                    writes.Add(operation.Syntax);
                }
            }

            if (writes.Count > 0)
            {
                return loop;
            }
        }

        return null;
    }

    // What a 'for' declares before its condition lives as long as the loop; everything else within a loop is new each
    // time.
    private static bool IsFresh(SyntaxNode declaration, ILoopOperation loop) =>
        loop.Syntax.Span.Contains(declaration.Span)
        && !(loop.Syntax is ForStatementSyntax @for
            && (@for.Declaration?.Span.Contains(declaration.Span) == true
                || @for.Initializers.Span.Contains(declaration.Span)));

    private static bool IsOwn(IOperation operation, IOperation loop)
    {
        for (var current = operation.Parent; current is not null && current != loop; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return true;
    }
}
