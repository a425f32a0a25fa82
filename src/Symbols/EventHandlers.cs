namespace ScopedTasks.Analyzers.Symbols;

/// <summary>Decides whether a method has to return nothing: a handler, an override, a message.</summary>
internal static class EventHandlers
{
    private static readonly HashSet<string> UnityMessages = new(StringComparer.Ordinal)
    {
        "Awake", "Start", "Update", "FixedUpdate", "LateUpdate", "Reset",
    };

    /// <summary>Whether it looks like a handler of events: a sender, and the event's arguments.</summary>
    /// <remarks>Of some frameworks the arguments derive from no common type; there the names tell.</remarks>
    public static bool HasShape(IMethodSymbol method) =>
        method is { ReturnsVoid: true, Parameters: { Length: 2 } given }
        && given[0] is { RefKind: RefKind.None, Type.IsReferenceType: true } sender
        && given[1] is { RefKind: RefKind.None } arguments
        && (IsEventArgs(arguments.Type)
            || (sender.Name is "sender" or "_" && arguments.Name is "e" or "args" or "_"));

    /// <summary>Whether it answers an event that its base class or an interface tells of.</summary>
    public static bool IsOverridden(IMethodSymbol method, KnownTypes types) =>
        (method.IsOverride && StartsWithOn(method.Name)) || IsExecute(method, types);

    /// <summary>Whether somebody else says what it returns: a base class, an interface, another part.</summary>
    public static bool IsGivenSignature(IMethodSymbol method, KnownTypes types) =>
        method.IsOverride
        || method.PartialDefinitionPart is not null
        || Implemented(method) is not null
        || (method.DeclaredAccessibility == Accessibility.Public && HasUnknownContract(method.ContainingType))
        || IsUnityMessage(method, types);

    private static bool HasUnknownContract(INamedTypeSymbol type) =>
        type.BaseType is { TypeKind: TypeKind.Error }
        || type.Interfaces.Any(static contract => contract.TypeKind == TypeKind.Error);

    private static bool IsExecute(IMethodSymbol method, KnownTypes types) =>
        method.Parameters.Length == 1
        && types.Command is not null
        && Implemented(method) is { Name: "Execute" } member
        && member.ContainingType.Is(types.Command);

    private static ISymbol? Implemented(IMethodSymbol method)
    {
        if (!method.ExplicitInterfaceImplementations.IsEmpty)
        {
            return method.ExplicitInterfaceImplementations[0];
        }

        if (method is not { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary })
        {
            return null;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(
                    method.ContainingType.FindImplementationForInterfaceMember(member), method))
                {
                    return member;
                }
            }
        }

        return null;
    }

    private static bool IsEventArgs(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name.EndsWith("EventArgs", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return type is ITypeParameterSymbol { ConstraintTypes: var constraints } && constraints.Any(IsEventArgs);
    }

    private static bool IsUnityMessage(IMethodSymbol method, KnownTypes types) =>
        method is { IsStatic: false, MethodKind: MethodKind.Ordinary }
        && method.ContainingType.IsOrDerivesFrom(types.MonoBehaviour)
        && (UnityMessages.Contains(method.Name) || StartsWithOn(method.Name));

    private static bool StartsWithOn(string name) =>
        name.Length > 2 && name.StartsWith("On", StringComparison.Ordinal) && char.IsUpper(name[2]);
}
