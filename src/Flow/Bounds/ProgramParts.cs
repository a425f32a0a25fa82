using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Bounds;

/// <summary>Decides whether elements are parts of the program, as handlers are, and not its data.</summary>
/// <remarks>There are as many of them as somebody registered: one task for each is no fan-out to speak of.</remarks>
internal sealed class ProgramParts(Awaitables awaitables)
{
    public bool AreSelected(IInvocationOperation selection) =>
        selection.TargetMethod.TypeArguments is { IsEmpty: false } types && Is(types[0]);

    public bool AreWalked(ILoopOperation loop, IInvocationOperation start) =>
        loop is IForEachLoopOperation { Locals: { Length: 1 } element }
            ? Is(element[0].Type)
            : start.Instance is IArrayElementReferenceOperation or IPropertyReferenceOperation
                && Is(start.Instance.Type);

    // An interface with asynchronous methods is something that does work; data have none.
    private bool Is(ITypeSymbol? type)
    {
        if (type is not { TypeKind: TypeKind.Interface })
        {
            return false;
        }

        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol method && awaitables.Of(method.ReturnType) != Awaitable.None)
            {
                return true;
            }
        }

        return type.Interfaces.Any(Is);
    }
}
