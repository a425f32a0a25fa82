using System.Runtime.CompilerServices;

namespace ScopedTasks.Analyzers.Flow.Handlers;

/// <summary>Finds what a compilation adds to events and delegates: every <c>+=</c> by the names on its sides.</summary>
/// <remarks>It is made when somebody asks for the first time; most compilations never do.</remarks>
internal sealed class Additions
{
    private static readonly ConditionalWeakTable<Compilation, Additions> ByCompilation = new();

    private readonly Compilation _compilation;
    private readonly ILookup<string, AssignmentExpressionSyntax> _byTarget;
    private readonly ILookup<string, AssignmentExpressionSyntax> _byMethod;

    private Additions(Compilation compilation)
    {
        _compilation = compilation;
        var all = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes())
            .OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.IsKind(SyntaxKind.AddAssignmentExpression))
            .ToList();
        _byTarget = all.ToLookup(addition => NameOf(addition.Left)?.Identifier.ValueText ?? string.Empty);
        _byMethod = all.ToLookup(addition => NameOf(addition.Right)?.Identifier.ValueText ?? string.Empty);
    }

    public static Additions Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new Additions(compilation));

    /// <summary>Whether anything is added to some event or delegate of that name.</summary>
    public bool AreTo(string target) => _byTarget[target].Any();

    /// <summary>Whether anything is added to the member.</summary>
    public bool AreTo(ISymbol member, CancellationToken cancellationToken) =>
        _byTarget[member.Name].Any(addition => Names(addition.Left, member, cancellationToken));

    /// <summary>Whether the method is added to an event or delegate.</summary>
    public bool AreOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        _byMethod[method.Name].Any(addition => Names(addition.Right, method, cancellationToken));

    private bool Names(ExpressionSyntax expression, ISymbol symbol, CancellationToken cancellationToken) =>
        NameOf(expression) is { } name
        && SymbolEqualityComparer.Default.Equals(
            _compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellationToken).Symbol
                ?.OriginalDefinition,
            symbol.OriginalDefinition);

    // The last name: of `x.Changed`, `this.OnChanged`, `new EventHandler(OnChanged)`.
    private static SimpleNameSyntax? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name,
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        ParenthesizedExpressionSyntax parenthesized => NameOf(parenthesized.Expression),
        CastExpressionSyntax cast => NameOf(cast.Expression),
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } given } => NameOf(given[0].Expression),
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } given } =>
            NameOf(given[0].Expression),
        _ => null,
    };
}
