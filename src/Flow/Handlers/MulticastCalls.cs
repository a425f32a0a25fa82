using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Handlers;

/// <summary>Decides whether a call runs every handler of an event and gives the task of the last one alone.</summary>
internal sealed class MulticastCalls(Compilation compilation, Awaitables awaitables)
{
    /// <summary>The event, or the delegate that is used as one; null where only one delegate is called.</summary>
    public ISymbol? TargetOf(IInvocationOperation call, CancellationToken cancellationToken) =>
        call.TargetMethod.MethodKind == MethodKind.DelegateInvoke
        && awaitables.Of(call.Type) != Awaitable.None
        && MemberOf(call.Instance, cancellationToken) is { } member
        && IsShared(member, cancellationToken)
            ? member
            : null;

    private static ISymbol? MemberOf(IOperation? called, CancellationToken cancellationToken) => called switch
    {
        IConversionOperation conversion => MemberOf(conversion.Operand, cancellationToken),
        IConditionalAccessInstanceOperation => MemberOf(GuardedBy(called), cancellationToken),
        ILocalReferenceOperation local => CopiedBy(local, cancellationToken),
        IMemberReferenceOperation reference => reference.Member,
        _ => null,
    };

    private static IOperation? GuardedBy(IOperation instance)
    {
        for (var current = instance; current.Parent is { } parent; current = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == current)
            {
                return access.Operation;
            }
        }

        return null;
    }

    // `var handler = Changed;`, `if (Changed is { } handler)`
    private static ISymbol? CopiedBy(ILocalReferenceOperation local, CancellationToken cancellationToken)
    {
        if (local.Local.DeclaringSyntaxReferences is not [var declaration])
        {
            return null;
        }

        var value = declaration.GetSyntax(cancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var initial } => initial,
            SingleVariableDesignationSyntax { Parent.Parent: IsPatternExpressionSyntax test } => test.Expression,
            _ => null,
        };
        return value is IdentifierNameSyntax or MemberAccessExpressionSyntax
            ? local.SemanticModel?.GetSymbolInfo(value, cancellationToken).Symbol
            : null;
    }

    private bool IsShared(ISymbol member, CancellationToken cancellationToken) => member switch
    {
        IEventSymbol => true,
        IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod: not null } =>
            !member.DeclaringSyntaxReferences.IsEmpty && Additions.Of(compilation).AreTo(member, cancellationToken),
        _ => false,
    };
}
