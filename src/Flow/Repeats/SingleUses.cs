using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Repeats;

/// <summary>Decides whether an awaitable that may be consumed once is consumed again, or kept for it.</summary>
internal sealed class SingleUses
{
    private static readonly ConditionalWeakTable<Compilation, SingleUses> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Awaitables _awaitables;
    private readonly ObservingApis _observing;
    private readonly ColdApis _cold;
    private readonly Silence _silence;

    private SingleUses(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _awaitables = Awaitables.Of(_types);
        _observing = ObservingApis.Of(_types);
        _cold = ColdApis.Of(_types);
        _silence = new(_types, _observing);
    }

    public static SingleUses Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new SingleUses(compilation));

    /// <summary>What is wrong with a mention that consumes it, or an assignment that keeps it in a field.</summary>
    public Finding? Of(IOperation operation, CancellationToken cancellationToken) => operation switch
    {
        ILocalReferenceOperation local => OfMention(local, local.Local, cancellationToken),
        IParameterReferenceOperation parameter => OfMention(parameter, parameter.Parameter, cancellationToken),
        ISimpleAssignmentOperation assignment => OfField(assignment),
        _ => null,
    };

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(
            node,
            model,
            candidate => candidate is ILocalReferenceOperation or IParameterReferenceOperation
                or ISimpleAssignmentOperation,
            cancellationToken) is { } operation
            ? Of(operation, cancellationToken)
            : null;

    private Finding? OfMention(IOperation mention, ISymbol variable, CancellationToken cancellationToken)
    {
        if (!IsSingleUse(mention.Type) || !Consumes(mention))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (RepeatedUses.Of(variable, ScopeOf(variable, mention), Consumes) is not { } repeated
            || repeated.Second.Syntax != mention.Syntax
            || MayBeReused(variable, mention)
            || _silence.Covers(mention))
        {
            return null;
        }

        var line = repeated.First.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        return new(
            Descriptors.ReusedAwaitable,
            mention,
            mention.Syntax.GetLocation(),
            ImmutableArray.Create(
                variable.Name,
                NameOf(mention.Type!),
                repeated.IsOnePlace
                    ? "and this place runs again for the same one"
                    : $"and was consumed in line {line} already",
                Advice(mention.Type!)));
    }

    private Finding? OfField(ISimpleAssignmentOperation assignment) =>
        assignment is { Target: IFieldReferenceOperation { Field: var field }, Value: IInvocationOperation start }
        && _awaitables.IsValueTask(start.Type)
        && _awaitables.IsValueTask(field.Type)
        && IsFresh(start)
        && !_silence.Covers(start)
            ? new(
                Descriptors.ReusedAwaitable,
                assignment,
                start.Syntax.GetLocation(),
                ImmutableArray.Create(
                    field.Name,
                    NameOf(field.Type),
                    "and a field invites everybody to await it",
                    Advice(field.Type)),
                Severity: DiagnosticSeverity.Info)
            : null;

    private bool IsSingleUse(ITypeSymbol? type) =>
        _awaitables.IsValueTask(type) || (_types.Coroutine is not null && type.IsOrDerivesFrom(_types.Coroutine));

    /// <summary>Whether the mention takes the one use that there is.</summary>
    private bool Consumes(IOperation mention)
    {
        var current = mention.WithConversions();
        return current.Parent switch
        {
            IAwaitOperation => true,
            IInvocationOperation call when call.Instance == current => call.TargetMethod.Name
                is "ConfigureAwait" or "AsTask" or "Preserve" or "GetAwaiter" or "RunSynchronously",
            IPropertyReferenceOperation { Property.Name: "Result" } => !IsCoroutine(mention.Type),
            IArgumentOperation argument => IsCoroutine(mention.Type) && _cold.Runs(argument.Parent switch
            {
                IInvocationOperation call => call.TargetMethod,
                IObjectCreationOperation creation => creation.Constructor,
                _ => null,
            }),
            IReturnOperation => true,
            _ => false,
        };
    }

    private bool IsCoroutine(ITypeSymbol? type) => type.IsOrDerivesFrom(_types.Coroutine);

    private static IOperation ScopeOf(ISymbol variable, IOperation mention)
    {
        foreach (var operation in EnclosingMember.RootOf(mention).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable):
                    return declarator;
                case IAnonymousFunctionOperation { Body: { } body } lambda
                    when SymbolEqualityComparer.Default.Equals(lambda.Symbol, variable.ContainingSymbol)
                        && variable is IParameterSymbol:
                    return body;
                case ILocalFunctionOperation { Body: { } body } local
                    when SymbolEqualityComparer.Default.Equals(local.Symbol, variable.ContainingSymbol)
                        && variable is IParameterSymbol:
                    return body;
            }
        }

        return EnclosingMember.RootOf(mention);
    }

    // It is complete, or stands on a task: such a one may be awaited as often as one likes.
    private bool MayBeReused(ISymbol variable, IOperation mention)
    {
        if (variable is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax() is not VariableDeclaratorSyntax)
        {
            return true;
        }

        foreach (var operation in EnclosingMember.RootOf(mention).Descendants())
        {
            var value = operation switch
            {
                IVariableDeclaratorOperation declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable) =>
                    declarator.GetVariableInitializer()?.Value,
                ISimpleAssignmentOperation assignment
                    when SymbolEqualityComparer.Default.Equals(TaskOrigins.SymbolOf(assignment.Target), variable) =>
                    assignment.Value,
                _ => null,
            };
            if (value is not null && !IsFresh(value.WithoutConversions()))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsFresh(IOperation value) => value switch
    {
        IInvocationOperation call => call.TargetMethod.Name != "Preserve"
            && _observing.Of(call.TargetMethod) is not (Observation.Complete or Observation.StandIn),
        IConditionalOperation { WhenFalse: { } otherwise } choice =>
            IsFresh(choice.WhenTrue.WithoutConversions()) || IsFresh(otherwise.WithoutConversions()),
        _ => false,
    };

    private static string NameOf(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private string Advice(ITypeSymbol type) =>
        _awaitables.IsValueTask(type) ? "keep its 'AsTask()' instead" : "call the function again for another one";
}
