using System.Runtime.CompilerServices;

namespace ScopedTasks.Analyzers.Operations;

/// <summary>Knows where a member declares its locals, and every place that mentions one of them.</summary>
/// <remarks>The member is walked once for all that ask, lambdas and local functions included.</remarks>
internal sealed class LocalMentions
{
    private static readonly ConditionalWeakTable<IOperation, Lazy<LocalMentions>> ByRoot = new();

    private readonly Dictionary<ILocalSymbol, List<ILocalReferenceOperation>> _mentions =
        new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ILocalSymbol, IOperation> _declarations = new(SymbolEqualityComparer.Default);

    private LocalMentions(IOperation root)
    {
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case ILocalReferenceOperation { Local: var local } mention:
                    if (!_mentions.TryGetValue(local, out var mentions))
                    {
                        _mentions.Add(local, mentions = []);
                    }

                    mentions.Add(mention);
                    break;

                // A loop comes before the declarator within it, which has no value of its own.
                case IForEachLoopOperation { Locals: var locals }:
                    foreach (var each in locals)
                    {
                        Declare(each, operation);
                    }

                    break;
                case IVariableDeclaratorOperation { Symbol: var declared }:
                    Declare(declared, operation);
                    break;
                case IIsPatternOperation { Pattern: var pattern } when DeclaredBy(pattern) is { } matched:
                    Declare(matched, operation);
                    break;
            }
        }
    }

    /// <summary>All mentions in the member around the operation, in the order of its operations.</summary>
    public static IReadOnlyList<ILocalReferenceOperation> Of(ILocalSymbol local, IOperation within) =>
        Around(within)._mentions.TryGetValue(local, out var mentions) ? mentions : [];

    /// <summary>
    /// What declares the local and gives it a value: its declarator, the <c>foreach</c> over what it is an element of,
    /// the <c>is</c> whose whole pattern it names; null where it is a part of something.
    /// </summary>
    public static IOperation? DeclarationOf(ILocalSymbol local, IOperation within) =>
        Around(within)._declarations.TryGetValue(local, out var declaration) ? declaration : null;

    /// <summary>The value that the local is declared with; null if there is none.</summary>
    public static IOperation? InitializerOf(ILocalSymbol local, IOperation within) =>
        (DeclarationOf(local, within) as IVariableDeclaratorOperation)?.GetVariableInitializer()?.Value;

    /// <summary>Whether the mention gives the local another value, and does not ask for the one it has.</summary>
    public static bool IsAssigned(ILocalReferenceOperation mention) =>
        mention.Parent is ISimpleAssignmentOperation assignment && assignment.Target == mention;

    /// <summary>Whether the local is the function's own, or that of one within it.</summary>
    public static bool IsDeclaredIn(ILocalSymbol local, IOperation function)
    {
        foreach (var declaration in local.DeclaringSyntaxReferences)
        {
            if (function.Syntax.Span.Contains(declaration.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static LocalMentions Around(IOperation operation) =>
        ByRoot.GetValue(EnclosingMember.RootOf(operation), static root => new(() => new(root))).Value;

    private void Declare(ILocalSymbol local, IOperation declaration)
    {
        if (!_declarations.ContainsKey(local))
        {
            _declarations.Add(local, declaration);
        }
    }

    private static ILocalSymbol? DeclaredBy(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol as ILocalSymbol,
        IRecursivePatternOperation recursive => recursive.DeclaredSymbol as ILocalSymbol,
        _ => null,
    };
}
