using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Sequences;

/// <summary>
/// Decides whether a sequence that starts its tasks when it is enumerated is lost before anybody enumerates it.
/// </summary>
internal sealed class SequenceFates
{
    private static readonly ConditionalWeakTable<Compilation, SequenceFates> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Awaitables _awaitables;
    private readonly Silence _silence;
    private readonly ColdTrail _trail;

    private SequenceFates(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _awaitables = Awaitables.Of(_types);
        _silence = new(_types, ObservingApis.Of(_types));
        _trail = new(IsDeferred, followsLocals: true);
    }

    public static SequenceFates Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new SequenceFates(compilation));

    public Finding? Of(IOperation operation, CancellationToken cancellationToken)
    {
        if (operation is not IInvocationOperation call
            || WorkStartedBy(call) is not { } work
            || LossOf(call, cancellationToken) is null
            || _silence.Covers(call))
        {
            return null;
        }

        return new(
            Descriptors.UnenumeratedTasks,
            call,
            call.Syntax.GetLocation(),
            ImmutableArray.Create(work, Advice(call, cancellationToken)));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        StartNodes.Of(node).FirstFinding(
            model, operation => Of(operation, cancellationToken), cancellationToken);

    /// <summary>Where the sequence is lost; null where it is enumerated or somebody else has it.</summary>
    public IOperation? LossOf(IInvocationOperation call, CancellationToken cancellationToken) =>
        _trail.LossOf(call, cancellationToken);

    /// <summary>What the deferred sequence that a call gives calls for each element; null where it is none.</summary>
    /// <remarks>Of several queries one upon the other it is the first that starts work.</remarks>
    public string? WorkStartedBy(IInvocationOperation call) =>
        call is { Type: INamedTypeSymbol { IsGenericType: true } type }
        && IsSequence(type)
        && _awaitables.IsHot(type.TypeArguments[0])
        && WorkOf(call) is { } work
        && !StartsBehind(call)
            ? work
            : null;

    /// <summary>Whether the call is a query that runs when what it gives is enumerated.</summary>
    public bool IsDeferred(IInvocationOperation call) =>
        IsOfLinq(call.TargetMethod) && call.Type is INamedTypeSymbol type && IsSequence(type);

    private string Advice(IInvocationOperation call, CancellationToken cancellationToken) =>
        call.SemanticModel is { } model && AsyncPlace.CanAwait(call.Syntax, model, cancellationToken)
            ? _types.TaskGroup is not null
                ? "run it with 'TaskGroup.ForEachAsync', or await 'Task.WhenAll' of it"
                : "await 'Task.WhenAll' of it"
            : "pass it on, or enumerate it";

    /// <summary>What the sequence calls for each element; null where it starts no work of its own.</summary>
    private string? WorkOf(IInvocationOperation call)
    {
        if (!IsOfLinq(call.TargetMethod))
        {
            return IsIterator(call.TargetMethod) ? call.TargetMethod.Name : null;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var result }
                && _awaitables.IsHot(result))
            {
                return NameOf(argument.Value);
            }
        }

        return null;
    }

    private bool StartsBehind(IInvocationOperation call) =>
        ColdTrail.SourceOf(call) is { } source && Unconverted(source) is IInvocationOperation inner && IsDeferred(inner)
        && ((inner.Type is INamedTypeSymbol { IsGenericType: true } type && _awaitables.IsHot(type.TypeArguments[0])
                && WorkOf(inner) is not null)
            || StartsBehind(inner));

    private bool IsOfLinq(IMethodSymbol method) => method.ContainingType.Is(_types.Enumerable);

    private static bool IsSequence(INamedTypeSymbol type) =>
        type.OriginalDefinition is { SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T }
            or { Name: "IOrderedEnumerable", ContainingNamespace.Name: "Linq" };

    private static bool IsIterator(IMethodSymbol method)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes(static inner =>
                inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            {
                if (node is YieldStatementSyntax)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string NameOf(IOperation selector) => selector switch
    {
        IConversionOperation conversion => NameOf(conversion.Operand),
        IDelegateCreationOperation { Target: IMethodReferenceOperation reference } => reference.Method.Name,
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => NameOf(lambda),
        _ => selector.Syntax.ToString(),
    };

    private static string NameOf(IAnonymousFunctionOperation lambda)
    {
        if (lambda.Symbol.IsAsync || lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } value }]
            || Unconverted(value) is not IInvocationOperation call)
        {
            var parameter = lambda.Symbol.Parameters is [var single] ? single.Name : "(..)";
            return $"{(lambda.Symbol.IsAsync ? "async " : "")}{parameter} => ..";
        }

        return call.TargetMethod.Name;
    }

    private static IOperation Unconverted(IOperation value)
    {
        while (value is IConversionOperation or ITranslatedQueryOperation)
        {
            value = value is IConversionOperation conversion
                ? conversion.Operand
                : ((ITranslatedQueryOperation)value).Operation;
        }

        return value;
    }
}
