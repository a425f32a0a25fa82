using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides what a mention of a local does with the task group that it holds.</summary>
internal sealed class GroupSteps(INamedTypeSymbol group) : ILocalSteps
{
    public bool Track(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, group);

    public LocalStep? Of(ILocalReferenceOperation reference)
    {
        var current = reference.WithConversions();
        return current.Parent switch
        {
            IInvocationOperation call when call.Instance == current => OfCall(call.TargetMethod.Name),

            // An argument that branches is evaluated in other blocks than the call, and the receiver kept until then.
            IFlowCaptureOperation or IConditionalAccessOperation when NameCalledOn(reference.Syntax) is { } name =>
                OfCall(name),
            IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call } =>
                Owns(parameter, call) ? null : MayEnd(parameter) ? LocalStep.Touched : LocalStep.Added,
            IPropertyReferenceOperation or INameOfOperation or IIsNullOperation or IIsPatternOperation
                or IUsingOperation or IBinaryOperation => null,
            ISimpleAssignmentOperation assignment when assignment.Target == current => null,
            _ => LocalStep.Touched,
        };
    }

    private static LocalStep? OfCall(string method) => method switch
    {
        "CompleteAsync" or "Cancel" => LocalStep.Touched,
        "DisposeAsync" or "Fail" or "CancelAfter" or "ToString" => null,
        _ => LocalStep.Added,
    };

    private static string? NameCalledOn(SyntaxNode receiver) => receiver.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access when access.Expression == receiver =>
            access.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax
        {
            WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax called },
        } access when access.Expression == receiver => called.Name.Identifier.ValueText,
        _ => null,
    };

    // `group.ConfigureAwait(false)`, `group.Own(resource)`
    private static bool Owns(IParameterSymbol parameter, IInvocationOperation call) =>
        call.TargetMethod.IsExtensionMethod
        && parameter.Ordinal == 0
        && call.TargetMethod.ContainingNamespace.ToDisplayString() is "ScopedTasks" or "System.Threading.Tasks";

    // Who gets the group in hand to start children in, and does nothing else with it, does not end it.
    private static bool MayEnd(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { IsAbstract: false, IsVirtual: false, IsOverride: false })
        {
            return true;
        }

        var isSeen = false;
        foreach (var declaration in parameter.ContainingSymbol.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Name)
                {
                    isSeen = true;
                    if (name.Parent is not MemberAccessExpressionSyntax access
                        || access.Expression != name
                        || access.Name.Identifier.ValueText is "CompleteAsync" or "Cancel" or "DisposeAsync")
                    {
                        return true;
                    }
                }
            }
        }

        return !isSeen;
    }
}
