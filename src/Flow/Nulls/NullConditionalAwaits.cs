using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Handlers;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Nulls;

/// <summary>Decides whether an <c>await</c> gets null where the <c>?.</c> in front of its task finds nothing.</summary>
/// <remarks>An awaitable struct behind <c>?.</c> is a nullable one: whoever awaits that has said how.</remarks>
internal sealed class NullConditionalAwaits
{
    private static readonly ConditionalWeakTable<Compilation, NullConditionalAwaits> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Awaitables _awaitables;
    private readonly MulticastCalls _multicasts;
    private readonly Silence _silence;

    private NullConditionalAwaits(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _awaitables = Awaitables.Of(_types);
        _multicasts = new(compilation, _awaitables);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static NullConditionalAwaits Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new NullConditionalAwaits(compilation));

    public Finding? Of(IOperation operation, CancellationToken cancellationToken)
    {
        if (operation is not IConditionalAccessOperation { Type: { IsReferenceType: true } type } access
            || _awaitables.Of(type) == Awaitable.None
            || NullReceivers.IsPart(access)
            || !IsAwaited(access, access, cancellationToken)
            || NullReceivers.Of(access, cancellationToken) is not { } receiver
            || IsInvokedOneByOne(access, cancellationToken)
            || _silence.Covers(access))
        {
            return null;
        }

        return new(
            Descriptors.NullConditionalAwait,
            access,
            access.Syntax.GetLocation(),
            ImmutableArray.Create(
                NullReceivers.CallOf(access),
                receiver.Syntax.ToString(),
                type.Is(_types.Task)
                    ? "await 'Task.CompletedTask' then, or nothing"
                    : "ask for null first, and await it behind that"));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => candidate is IConditionalAccessOperation, cancellationToken)
            is { } operation
                ? Of(operation, cancellationToken)
                : null;

    /// <summary>The same of an awaitable struct, of which the compiler says that it cannot be awaited.</summary>
    public Finding? RefusedAt(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node is AwaitExpressionSyntax { Expression: var awaited }
        && awaited.DescendantNodesAndSelf(static within => within is ParenthesizedExpressionSyntax).Last()
            is ConditionalAccessExpressionSyntax behind
        && model.GetOperation(behind, cancellationToken) is IConditionalAccessOperation
        {
            Type: INamedTypeSymbol
            {
                OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var type],
            },
        } access
        && _awaitables.Of(type) != Awaitable.None
            ? new(Descriptors.NullConditionalAwait, access, access.Syntax.GetLocation(), ImmutableArray<string>.Empty)
            : null;

    private bool IsAwaited(IOperation task, IConditionalAccessOperation access, CancellationToken cancellationToken)
    {
        var current = task;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation { Conversion.IsUserDefined: false }:
                case IArrayInitializerOperation or IArrayCreationOperation:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } call when call.Instance == current:
                    break;
                case IAwaitOperation:
                    return true;
                case IForEachLoopOperation loop:
                    return loop.IsAsynchronous && loop.Collection == current;

                // It throws for a task that is null, too.
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "WhenAll" } all } }:
                    return all.ContainingType.Is(_types.Task);
                case IArgumentOperation
                {
                    Parent: IInvocationOperation { TargetMethod: { Name: "ConfigureAwait", IsExtensionMethod: true } }
                        call,
                }:
                    parent = call;
                    break;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
                    when task == access:
                    return IsAwaitedUntested(local, access, cancellationToken);
                default:
                    return false;
            }

            current = parent;
        }

        return false;
    }

    /// <summary>Whether the local that keeps the task is awaited, and nothing else is done with it.</summary>
    private bool IsAwaitedUntested(
        ILocalSymbol local, IConditionalAccessOperation access, CancellationToken cancellationToken)
    {
        var isAwaited = false;
        foreach (var reference in LocalMentions.Of(local, access))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsAwaited(reference, access, cancellationToken) || NullReceivers.IsNotNull(reference, default))
            {
                return false;
            }

            isAwaited = true;
        }

        return isAwaited;
    }

    // Of an event's handlers only the last one is awaited: SCOPE112 says so, and its fix asks for null.
    private bool IsInvokedOneByOne(IConditionalAccessOperation access, CancellationToken cancellationToken) =>
        access.WhenNotNull is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call
        && _multicasts.TargetOf(call, cancellationToken) is not null;
}
