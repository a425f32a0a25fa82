using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.TaskGroups;

/// <summary>
/// Finds the task group that code can spawn into: the nearest local or parameter, else a field of the type.
/// </summary>
/// <remarks>
/// A group that was ended before is in nobody's hand, nor is a local one in a lambda that may run when it has ended.
/// </remarks>
internal sealed class GroupsInHand(KnownTypes types, INamedTypeSymbol? kind = null)
{
    private readonly INamedTypeSymbol? _group = kind ?? types.TaskGroup;
    private readonly DeferringApis _deferring = DeferringApis.Of(types);

    public ISymbol? NearestTo(IOperation site, ISymbol? containingSymbol)
    {
        if (_group is null)
        {
            return null;
        }

        var isStatic = false;
        var isOpen = true;
        for (var current = site; current is not null; current = current.Parent)
        {
            if (!isStatic && isOpen && LastOf(LocalsOf(current), site) is { } local)
            {
                return local;
            }

            var function = (current as IAnonymousFunctionOperation)?.Symbol
                ?? (current as ILocalFunctionOperation)?.Symbol;
            if (function is not null && current != site)
            {
                if (!isStatic && isOpen && ParameterOf(function, site) is { } parameter)
                {
                    return parameter;
                }

                isStatic |= function.IsStatic;
                isOpen &= current is ILocalFunctionOperation || RunsBefore((IAnonymousFunctionOperation)current);
            }
        }

        var member = containingSymbol;
        while (member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
        {
            member = member.ContainingSymbol;
        }

        return !isStatic && isOpen && member is IMethodSymbol method && ParameterOf(method, site) is { } given
            ? given
            : FieldOf(member, isStatic, site);
    }

    private static ImmutableArray<ILocalSymbol> LocalsOf(IOperation operation) => operation switch
    {
        IBlockOperation block => block.Locals,
        IUsingOperation scope => scope.Locals,
        ILoopOperation loop => loop.Locals,
        ISwitchOperation choice => choice.Locals,
        _ => ImmutableArray<ILocalSymbol>.Empty,
    };

    private ISymbol? LastOf(ImmutableArray<ILocalSymbol> locals, IOperation site)
    {
        for (var index = locals.Length - 1; index >= 0; index--)
        {
            var local = locals[index];
            if (local.Type.Is(_group)
                && local.Locations[0].SourceSpan.End < site.Syntax.SpanStart
                && !IsEndedBefore(site, local.Name))
            {
                return local;
            }
        }

        return null;
    }

    private ISymbol? ParameterOf(IMethodSymbol method, IOperation site)
    {
        foreach (var parameter in method.Parameters)
        {
            if (IsGroup(parameter.Type) && !IsEndedBefore(site, parameter.Name))
            {
                return parameter;
            }
        }

        return null;
    }

    // An initializer sees no field of its object.
    private ISymbol? FieldOf(ISymbol? member, bool isStatic, IOperation site)
    {
        if (member is not IMethodSymbol { ContainingType: { } type })
        {
            return null;
        }

        foreach (var candidate in type.GetMembers())
        {
            if (candidate is IFieldSymbol { IsImplicitlyDeclared: false } field
                && IsGroup(field.Type)
                && (field.IsStatic || !(isStatic || member.IsStatic))
                && !IsEndedBefore(site, field.Name))
            {
                return field;
            }
        }

        return null;
    }

    // What may be null is not in hand yet.
    private bool IsGroup(ITypeSymbol type) =>
        type.Is(_group) && type.NullableAnnotation != NullableAnnotation.Annotated;

    // A child of a group, or what a loop calls at once.
    private bool RunsBefore(IAnonymousFunctionOperation lambda)
    {
        IOperation? current = lambda.Parent;
        while (current is IDelegateCreationOperation or IConversionOperation or IConditionalOperation)
        {
            current = current.Parent;
        }

        return current is IArgumentOperation { Parent: IInvocationOperation call }
            && (call.TargetMethod.ContainingType.Is(_group)
                || _deferring.RowOf(call.TargetMethod) is { Runs: RunTime.AtOnce });
    }

    private static bool IsEndedBefore(IOperation site, string name)
    {
        foreach (var node in EnclosingMember.RootOf(site).Syntax.DescendantNodes())
        {
            if (node.SpanStart >= site.Syntax.SpanStart)
            {
                return false;
            }

            if (node is MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "CompleteAsync" or "DisposeAsync",
                    Expression: var receiver,
                }
                && NameOf(receiver) == name)
            {
                return true;
            }
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax receiver) => receiver switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };
}
