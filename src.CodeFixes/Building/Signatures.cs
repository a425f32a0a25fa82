namespace ScopedTasks.CodeFixes.Building;

/// <summary>Decides whether what a function returns is nobody's affair but this compilation's.</summary>
internal static class Signatures
{
    public static bool CanChange(Site site, IMethodSymbol function) =>
        function.MethodKind == MethodKind.LocalFunction
        || (function is
            {
                MethodKind: MethodKind.Ordinary,
                IsVirtual: false, IsAbstract: false, IsOverride: false, IsExtern: false,
                PartialDefinitionPart: null, PartialImplementationPart: null,
            }
            && !IsKnownElsewhere(function)
            && !IsCalledByName(site, function)
            && !StandsInForInterface(site, function));

    /// <summary>Whether other compilations may call it: library surface, or friends.</summary>
    private static bool IsKnownElsewhere(IMethodSymbol function)
    {
        var isOpenToFriends = true;
        for (ISymbol current = function; current is not null; current = current.ContainingType)
        {
            isOpenToFriends &= current.DeclaredAccessibility is not Accessibility.Private;
        }

        return (function.IsVisibleOutside() && !TestMethods.IsTest(function))
            || (isOpenToFriends && HasFriends(function.ContainingAssembly));
    }

    private static bool HasFriends(IAssemblySymbol assembly) => assembly.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "InternalsVisibleToAttribute" });

    // Serializers, generators and engines find methods by attribute or by name, and say what these return.
    private static bool IsCalledByName(Site site, IMethodSymbol function) =>
        (!function.GetAttributes().IsEmpty && !TestMethods.IsTest(function))
        || function.ContainingType.IsOrDerivesFrom(site.Types.MonoBehaviour);

    // `class B : A, IJob`: a public method of A may be what IJob asks B for.
    private static bool StandsInForInterface(Site site, IMethodSymbol function) =>
        function is { DeclaredAccessibility: Accessibility.Public, IsStatic: false }
        && function.ContainingType is { TypeKind: TypeKind.Class, IsSealed: false } type
        && site.Model.Compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type, site.CancellationToken)
            .OfType<INamedTypeSymbol>()
            .Where(derived => derived.BaseType is not null && derived.IsOrDerivesFrom(type))
            .SelectMany(derived => derived.AllInterfaces)
            .Any(contract => !contract.GetMembers(function.Name).IsEmpty);
}
