using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Nulls;

/// <summary>Decides whether null is given, or awaited, where a task is promised.</summary>
/// <remarks>
/// Who says that there may be no task is believed: a nullable return type, <c>null!</c>, a property, a name with
/// 'Task' in it, which asks for a task and not for work, and any other name that does not promise one.
/// </remarks>
internal sealed class NullTasks
{
    private static readonly ConditionalWeakTable<Compilation, NullTasks> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Awaitables _awaitables;
    private readonly Silence _silence;

    private NullTasks(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _awaitables = Awaitables.Of(_types);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static NullTasks Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new NullTasks(compilation));

    /// <summary>What is wrong with a null, a <c>default</c> or a <c>?.</c>; null if nothing.</summary>
    public Finding? Of(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken) =>
        TypeOf(operation) is { } type
        && _awaitables.IsTask(type)
        && !IsSuppressed(operation)
        && UseOf(operation, containingSymbol, cancellationToken) is { } use
        && !_silence.Covers(operation)
            ? new(
                Descriptors.NullTask,
                operation,
                operation.Syntax.GetLocation(),
                ImmutableArray.Create(operation.Syntax.ToString(), use, Advice(type)))
            : null;

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => TypeOf(candidate) is not null, cancellationToken)
            is { } operation
                ? Of(operation, model.GetEnclosingSymbol(node.SpanStart, cancellationToken), cancellationToken)
                : null;

    /// <summary>The local that keeps it; null where it is used as it stands.</summary>
    public static ILocalSymbol? HolderOf(IOperation operation) => EndOf(operation) switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
        _ => null,
    };

    private static ITypeSymbol? TypeOf(IOperation operation) => operation switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: null }, Parent: IConversionOperation conversion } =>
            conversion.Type,
        IDefaultValueOperation => operation.Type,
        IConditionalAccessOperation access when !NullReceivers.IsPart(access) => operation.Type,
        _ => null,
    };

    private static bool IsSuppressed(IOperation operation)
    {
        for (var node = operation.Syntax.Parent; node is ExpressionSyntax; node = node.Parent)
        {
            switch (node)
            {
                case PostfixUnaryExpressionSyntax:
                    return true;
                case not (ParenthesizedExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax):
                    return false;
            }
        }

        return false;
    }

    /// <summary>What somebody does with it who counts on a task, as a message says it.</summary>
    private string? UseOf(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        var isConditional = operation is IConditionalAccessOperation;
        switch (EndOf(operation))
        {
            case IReturnOperation exit when OfReturn(exit, containingSymbol) is { } returned:
                if (operation is not IConditionalAccessOperation access)
                {
                    return $"is {returned}";
                }

                return NullReceivers.Of(access, cancellationToken) is { } receiver
                    ? $"is null when '{receiver.Syntax}' is, and {returned}"
                    : null;
            case IAwaitOperation when !isConditional:
                return "is awaited, which throws";
            case IVariableInitializerOperation or ISimpleAssignmentOperation when !isConditional:
                return HolderOf(operation) is { } holder
                    ? UseOf(holder, operation, containingSymbol, cancellationToken)
                    : null;
            default:
                return null;
        }
    }

    private string? UseOf(
        ILocalSymbol holder, IOperation assigned, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        var uses = new Dictionary<SyntaxNode, string>();
        var function = EnclosingFunction.Of(assigned, containingSymbol).Root;
        foreach (var reference in LocalMentions.Of(holder, assigned))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (EnclosingFunction.Of(reference, containingSymbol).Root != function || MayBeGiven(reference))
            {
                return null;
            }

            var use = EndOf(reference) switch
            {
                IReturnOperation exit when OfReturn(exit, containingSymbol) is { } returned =>
                    $"reaches '{holder.Name}' where it is {returned}",
                IAwaitOperation => $"reaches '{holder.Name}' where it is awaited, which throws",
                _ => null,
            };
            if (use is not null
                && Conditions.AreNone(reference.Syntax, BlockOf(assigned.Syntax))
                && !NullReceivers.IsNotNull(reference, cancellationToken))
            {
                uses.Add(reference.Syntax, use);
            }
        }

        return uses.Count > 0
            && FunctionGraphs.Around(assigned) is { } graph
            && new PathsBetween(
                graph,
                isStop: Assigns,
                isGoal: operation => operation is ILocalReferenceOperation && uses.ContainsKey(operation.Syntax))
                .FindFrom(operation => Assigns(operation) && operation.Syntax.Span.Contains(assigned.Syntax.Span))
                is { } found
                ? uses[found.Syntax]
                : null;

        bool Assigns(IOperation operation) =>
            operation is ISimpleAssignmentOperation { Target: var target } && IsOf(target, holder);
    }

    // Asked for null, given by reference, or set in a loop or a 'switch' that may well take every way there is.
    private static bool MayBeGiven(ILocalReferenceOperation reference)
    {
        var current = reference.WithConversions();
        return current.Parent switch
        {
            IArgumentOperation { Parameter.RefKind: not RefKind.None } => true,
            IBinaryOperation or IIsPatternOperation or ICoalesceOperation or ICoalesceAssignmentOperation
                or ISwitchOperation or ISwitchExpressionOperation or ITupleOperation => true,
            IConditionalAccessOperation access => access.Operation == current,
            ISimpleAssignmentOperation assignment when assignment.Target == current =>
                reference.Syntax.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(node =>
                    node is SwitchSectionSyntax or ForStatementSyntax or CommonForEachStatementSyntax
                        or WhileStatementSyntax or DoStatementSyntax or TryStatementSyntax),
            _ => false,
        };
    }

    private static bool IsOf(IOperation target, ILocalSymbol holder) =>
        target is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, holder);

    private static SyntaxNode BlockOf(SyntaxNode node) => node.FirstAncestorOrSelf<StatementSyntax>()?.Parent ?? node;

    /// <summary>Where the value is used, past what only chooses it.</summary>
    private static IOperation? EndOf(IOperation operation)
    {
        var current = operation;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation { Conversion.IsUserDefined: false }:
                case IConditionalOperation choice when choice.Condition != current:
                case ISwitchExpressionArmOperation arm when arm.Value == current:
                case ISwitchExpressionOperation choices when choices.Value != current:
                case ICoalesceOperation coalesce when coalesce.WhenNull == current:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } call when call.Instance == current:
                    break;
                case ISimpleAssignmentOperation assignment:
                    return assignment.Value == current ? parent : null;
                default:
                    return parent;
            }

            current = parent;
        }

        return null;
    }

    private string? OfReturn(IReturnOperation exit, ISymbol? containingSymbol)
    {
        if (exit.Kind != OperationKind.Return
            || EnclosingFunction.Of(exit, containingSymbol) is not { Symbol: { IsAsync: false } function }
            || !_awaitables.IsTask(function.ReturnType)
            || function.ReturnNullableAnnotation == NullableAnnotation.Annotated)
        {
            return null;
        }

        return function.MethodKind switch
        {
            MethodKind.AnonymousFunction when !TestMethods.IsTest(containingSymbol) =>
                "returned to whoever awaits what the lambda gives",
            MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction
                when function.Name.IndexOf("Task", StringComparison.Ordinal) < 0 && PromisesTask(function, exit) =>
                $"returned to whoever awaits '{function.Name}'",
            _ => null,
        };
    }

    // By its name, or by somebody else's contract; a method that gives null and nothing else is a stub of one that did.
    // Any other may give null for 'no', as long as its callers know.
    private bool PromisesTask(IMethodSymbol function, IReturnOperation exit) =>
        function.Name.EndsWith("Async", StringComparison.Ordinal)
        || EventHandlers.IsGivenSignature(function, _types)
        || exit.Parent is IBlockOperation
        {
            Operations.Length: 1,
            Parent: IMethodBodyOperation or ILocalFunctionOperation,
        };

    private string Advice(ITypeSymbol type) =>
        _awaitables.ResultOf(type) is null ? "give 'Task.CompletedTask'" : "give 'Task.FromResult(..)'";
}
