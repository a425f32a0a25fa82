using Microsoft.CodeAnalysis.FindSymbols;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>Decides whether what a function returns and takes is nobody's affair but this solution's.</summary>
internal static class Signatures
{
    // What the compiler calls by name, without a call that could be seen.
    private static readonly HashSet<string> CompilerCalls = new(StringComparer.Ordinal)
    {
        "Add", "Dispose", "GetEnumerator", "MoveNext", "GetAwaiter", "GetResult", "OnCompleted", "Deconstruct",
        "GetPinnableReference", "Slice", "Select", "SelectMany", "Where", "Join", "GroupJoin", "OrderBy",
        "OrderByDescending", "ThenBy", "ThenByDescending", "GroupBy", "Cast",
    };

    /// <summary>Whether every project that compiles the function allows it.</summary>
    public static async Task<bool> CanChangeAsync(Site site, IMethodSymbol function)
    {
        if (!await CanChangeHereAsync(site, function).ConfigureAwait(false))
        {
            return false;
        }

        foreach (var declaration in DeclarationsOf(function, site.CancellationToken))
        {
            foreach (var linked in LinkedFiles.Of(site.Document.Project.Solution, declaration.SyntaxTree))
            {
                var root = await linked.GetSyntaxRootAsync(site.CancellationToken).ConfigureAwait(false);
                var model = await linked.GetSemanticModelAsync(site.CancellationToken).ConfigureAwait(false);
                if (LinkedFiles.TwinOf(declaration, root!) is { } twin
                    && model!.GetDeclaredSymbol(twin, site.CancellationToken) is IMethodSymbol same
                    && !await CanChangeHereAsync(site.In(linked, root!, model!, site.Start), same)
                        .ConfigureAwait(false))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static async Task<bool> CanChangeHereAsync(Site site, IMethodSymbol function) =>
        function.MethodKind == MethodKind.LocalFunction
        || (function is
            {
                MethodKind: MethodKind.Ordinary,
                IsVirtual: false, IsAbstract: false, IsOverride: false, IsExtern: false,
                ContainingType.TypeKind: TypeKind.Class or TypeKind.Struct,
            }
            && PartsAgree(function)
            && !IsKnownElsewhere(site, function)
            && !IsCalledByName(site, function)
            && !await StandsInForInterfaceAsync(site, function).ConfigureAwait(false));

    /// <summary>All that declares the function: a partial method's two parts.</summary>
    public static IEnumerable<SyntaxNode> DeclarationsOf(IMethodSymbol function, CancellationToken cancellationToken) =>
        new[] { function, function.PartialDefinitionPart, function.PartialImplementationPart }
            .Where(part => part is not null)
            .SelectMany(part => part!.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellationToken))
            .Distinct();

    // A partial method that returns something says who may call it, and has both parts.
    private static bool PartsAgree(IMethodSymbol function) =>
        !function.IsPartialDefinition && function.PartialDefinitionPart is null
        || (function.PartialDefinitionPart is not null && function.DeclaringSyntaxReferences
            .Concat(function.PartialDefinitionPart.DeclaringSyntaxReferences)
            .All(reference => reference.GetSyntax() is MethodDeclarationSyntax method
                && method.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind()))));

    /// <summary>Whether other compilations may call it: library surface, or friends out of sight.</summary>
    private static bool IsKnownElsewhere(Site site, IMethodSymbol function)
    {
        var isOpenToFriends = true;
        for (ISymbol current = function; current is not null; current = current.ContainingType)
        {
            isOpenToFriends &= current.DeclaredAccessibility is not Accessibility.Private;
        }

        return (function.IsVisibleOutside() && !TestMethods.AreRun(function) && !IsProgram(site.Model.Compilation))
            || (isOpenToFriends && HasUnknownFriends(site, function.ContainingAssembly));
    }

    // What refers to a program or to tests is part of the solution.
    private static bool IsProgram(Compilation compilation) =>
        compilation.Options.OutputKind
            is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication
        || TestMethods.AreIn(compilation);

    private static bool HasUnknownFriends(Site site, IAssemblySymbol assembly) =>
        assembly.GetAttributes().Any(attribute =>
            attribute is
            {
                AttributeClass.Name: "InternalsVisibleToAttribute",
                ConstructorArguments: [{ Value: string friend }],
            }
            && friend.Split(',')[0].Trim() is var name
            && name != "DynamicProxyGenAssembly2"
            && site.Document.Project.Solution.Projects.All(project => project.AssemblyName != name));

    // Serializers, generators and engines find methods by attribute or by name, and say what these return.
    private static bool IsCalledByName(Site site, IMethodSymbol function) =>
        CompilerCalls.Contains(function.Name)
        || !function.GetReturnTypeAttributes().IsEmpty
        || (!function.GetAttributes().IsEmpty && !TestMethods.AreRun(function))
        || function.ContainingType.IsOrDerivesFrom(site.Types.MonoBehaviour);

    // `class B : A, IJob`: a public method of A may be what IJob asks B for.
    private static async Task<bool> StandsInForInterfaceAsync(Site site, IMethodSymbol function)
    {
        var type = function.ContainingType;
        if (function.DeclaredAccessibility != Accessibility.Public)
        {
            return false;
        }

        if (IsAskedFor(function, type))
        {
            return true;
        }

        if (function.IsStatic || type is not { TypeKind: TypeKind.Class, IsSealed: false })
        {
            return false;
        }

        var derived = await SymbolFinder.FindDerivedClassesAsync(
            type.OriginalDefinition,
            site.Document.Project.Solution,
            transitive: true,
            projects: null,
            site.CancellationToken).ConfigureAwait(false);
        return derived.Any(heir => IsAskedFor(function, heir));
    }

    // Of a contract that is missing nobody knows what it asks for.
    private static bool IsAskedFor(IMethodSymbol function, INamedTypeSymbol type) =>
        type.BaseType is { TypeKind: TypeKind.Error }
        || type.AllInterfaces.Any(contract =>
            contract.TypeKind == TypeKind.Error || !contract.GetMembers(function.Name).IsEmpty);
}
