using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Waits;

/// <summary>
/// Decides where code blocks the thread on a task that may still be running: async code, or synchronous code.
/// </summary>
internal sealed class BlockingWaits
{
    private static readonly ConditionalWeakTable<Compilation, BlockingWaits> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly BlockingApis _apis;
    private readonly AsyncCode _asyncCode;
    private readonly Completion _completion;
    private readonly Silence _silence;
    private readonly SynchronousWaits _synchronous;

    private BlockingWaits(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _apis = BlockingApis.Of(compilation);
        _asyncCode = AsyncCode.Of(_types);
        _completion = Completion.Of(compilation);
        _silence = new(_types, ObservingApis.Of(_types));
        _synchronous = new(_types);
    }

    public static BlockingWaits Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new BlockingWaits(compilation));

    /// <summary>The row that a call or property belongs to; null where it does not block.</summary>
    public BlockingApi? RowOf(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property => _apis.RowOf(property.Property),
        IInvocationOperation call => _apis.RowOf(call.TargetMethod),
        _ => null,
    };

    /// <param name="operation">The call or property.</param>
    /// <param name="containingSymbol">The member that it stands in.</param>
    /// <param name="only">The one of the two rules that is asked for; null for either.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Finding? Of(
        IOperation operation,
        ISymbol? containingSymbol,
        DiagnosticDescriptor? only,
        CancellationToken cancellationToken)
    {
        if (RowOf(operation) is not { } row)
        {
            return null;
        }

        var isAsync = _asyncCode.Holds(operation, containingSymbol);
        var rule = isAsync ? Descriptors.BlockingWait : Descriptors.SyncOverAsync;
        return (only is null || only == rule)
            && (isAsync || !_synchronous.Accept(operation, row, containingSymbol))
            && Blocks(operation, row, cancellationToken)
                ? Of(operation, row, rule, containingSymbol, cancellationToken)
                : null;
    }

    /// <summary>What would be wrong at a place of synchronous code if that became asynchronous.</summary>
    public Finding? OnceAsync(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken) =>
        RowOf(operation) is { } row
        && !_asyncCode.Holds(operation, containingSymbol)
        && Blocks(operation, row, cancellationToken)
            ? Of(operation, row, Descriptors.SyncOverAsync, containingSymbol, cancellationToken)
            : null;

    private bool Blocks(IOperation operation, BlockingApi row, CancellationToken cancellationToken) =>
        (operation is not IInvocationOperation call || !Timeouts.IsZero(call))
        && !_silence.Covers(operation)
        && !SynchronousBranches.Hold(operation)
        && TasksOf(operation, row.Form) is { } tasks
        && !_completion.IsKnown(tasks, operation, cancellationToken);

    private Finding Of(
        IOperation operation,
        BlockingApi row,
        DiagnosticDescriptor rule,
        ISymbol? containingSymbol,
        CancellationToken cancellationToken)
    {
        var barrier = operation.SemanticModel is { } model
            ? AsyncPlace.BarrierAt(operation.Syntax, model, cancellationToken)
            : AsyncBarrier.None;
        var finding = new Finding(
            rule,
            operation,
            operation.Syntax.GetLocation(),
            ImmutableArray.Create(
                NameOf(operation, row),
                rule == Descriptors.BlockingWait ? Advice(operation, row, barrier)
                    : SynchronousWaits.Advice(operation, containingSymbol, barrier)),

            // A test asserts that something has not ended yet, or that it does in time.
            Severity: rule == Descriptors.BlockingWait && IsAsserted(operation) && TestMethods.IsTest(containingSymbol)
                ? DiagnosticSeverity.Info
                : null);
        return rule == Descriptors.BlockingWait
            ? finding.OrLoop(
                containingSymbol,
                _types,
                NameOf(operation, row),
                "until the task has ended",
                Advice(operation, row, barrier))
            : finding;
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => RowOf(candidate) is not null, cancellationToken) is { } operation
            ? Of(operation, model.GetEnclosingSymbol(node.SpanStart, cancellationToken), only: null, cancellationToken)
            : null;

    /// <summary>What is waited for: a task, the awaiter's, or a collection; null where it is hidden.</summary>
    public static IOperation? TasksOf(IOperation operation, BlockingForm form) => (operation, form) switch
    {
        (IPropertyReferenceOperation { Instance: { } task }, _) => task is IInstanceReferenceOperation ? null : task,
        (IInvocationOperation { Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter" } awaiter },
            BlockingForm.GetResult) => awaiter.Instance,
        (_, BlockingForm.GetResult) => null,
        (IInvocationOperation { Instance: { } task }, _) => task is IInstanceReferenceOperation ? null : task,
        (IInvocationOperation { Arguments: { IsEmpty: false } arguments }, _) => arguments[0].Value,
        _ => null,
    };

    private static string NameOf(IOperation operation, BlockingApi row)
    {
        var task = TasksOf(operation, row.Form);
        return row.Form switch
        {
            BlockingForm.WaitAll or BlockingForm.WaitAny => "Task." + row.Member,
            BlockingForm.GetResult => NameOf(task) + ".GetAwaiter().GetResult()",
            BlockingForm.Result => NameOf(task) + ".Result",
            _ => NameOf(task) + "." + row.Member + "()",
        };
    }

    private static string NameOf(IOperation? task) => task switch
    {
        IConversionOperation conversion => NameOf(conversion.Operand),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } inner } => NameOf(inner),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } called } =>
            NameOf(called) + "()",
        IInvocationOperation call => call.TargetMethod.Name + "()",
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member is IPropertySymbol { IsIndexer: true }
            ? "this[]"
            : member.Member.Name,
        _ => "Task",
    };

    private static string Advice(IOperation operation, BlockingApi row, AsyncBarrier barrier) => barrier switch
    {
        AsyncBarrier.None => row.Form switch
        {
            BlockingForm.WaitAll => "use 'await Task.WhenAll'",
            BlockingForm.WaitAny => "use 'await Task.WhenAny'",
            BlockingForm.RunSynchronously => "await the work itself",
            BlockingForm.Wait when HasTimeout(operation) => "await it with a timeout",
            _ => "await it",
        },
        AsyncBarrier.NotAsync => "make the function async and await it",
        _ => Wording.BeyondBarrier(barrier),
    };

    private static bool IsAsserted(IOperation operation) =>
        operation.Parent is not IExpressionStatementOperation && HasTimeout(operation);

    private static bool HasTimeout(IOperation operation) =>
        operation is IInvocationOperation call && call.TargetMethod.Parameters.Any(Timeouts.IsTimeout);
}
