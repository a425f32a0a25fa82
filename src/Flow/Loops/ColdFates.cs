using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Loops;

/// <summary>Decides whether a coroutine, or other work that runs when it is awaited, is never awaited.</summary>
internal sealed class ColdFates
{
    private static readonly ConditionalWeakTable<Compilation, ColdFates> ByCompilation = new();
    private static readonly ColdTrail Trail = new(static call => call.TargetMethod.Name == "ConfigureAwait");

    private readonly AnalyzerOptions _options;
    private readonly KnownTypes _types;
    private readonly ColdApis _apis;
    private readonly ColdTrail _sequences;
    private readonly Silence _silence;

    private ColdFates(Compilation compilation, AnalyzerOptions options)
    {
        _options = options;
        _types = KnownTypes.Of(compilation);
        _apis = ColdApis.Of(_types);
        _sequences = new(IsOfLinq, followsLocals: true);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static ColdFates Of(Compilation compilation, AnalyzerOptions options)
    {
        var fates = ByCompilation.GetValue(compilation, key => new ColdFates(key, options));
        return fates._options == options ? fates : new(compilation, options);
    }

    /// <summary>What is wrong with a value that runs when it is awaited; null if nothing, or if it is none.</summary>
    public Finding? Of(IOperation operation, CancellationToken cancellationToken) => operation switch
    {
        IInvocationOperation call when IsCold(call) => OfStart(call, call.TargetMethod.Name, cancellationToken),
        IObjectCreationOperation creation when IsCold(creation.Type, creation) =>
            OfStart(creation, "new " + creation.Type!.Name, cancellationToken),
        IInvocationOperation call when IsOfLinq(call) && WorkOf(call) is { } work =>
            OfSequence(call, work, cancellationToken),
        IAwaitOperation awaited when IsCold(awaited.Type, awaited) => OfAwaited(awaited, cancellationToken),
        _ => null,
    };

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        StartNodes.Of(node).Prepend(node).FirstFinding(
            model, operation => Of(operation, cancellationToken), cancellationToken);

    private Finding? OfStart(IOperation start, string name, CancellationToken cancellationToken) =>
        WhyLost(start, cancellationToken) is { } why && !_silence.Covers(start) ? Lost(start, name, why) : null;

    private string? WhyLost(IOperation start, CancellationToken cancellationToken)
    {
        switch (Trail.LossOf(start, cancellationToken))
        {
            case IVariableDeclaratorOperation { Symbol.Name: var local }:
                return $"'{local}' keeps it, and nobody awaits that";
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local.Name: var local } }:
                return $"'{local}' keeps it, and nobody awaits that";
            case { } loss:
                return CanAwait(loss) ? "await it" : "await it in a coroutine, or spawn it in a group";
            default:
                return FieldKeeping(start) is { } field ? $"'{field.Name}' keeps it, and nobody awaits that" : null;
        }

        bool CanAwait(IOperation loss) =>
            loss.SemanticModel is { } model && AsyncPlace.CanAwait(start.Syntax, model, cancellationToken);
    }

    // `await Task.Run(() => StoreAsync(order));` awaits the call of the coroutine, and not the coroutine.
    private Finding? OfAwaited(IAwaitOperation awaited, CancellationToken cancellationToken) =>
        awaited.Operation.WithoutConfiguration() is IInvocationOperation call
        && Trail.LossOf(awaited, cancellationToken) is not null
        && !_silence.Covers(awaited)
            ? Lost(awaited, call.TargetMethod.Name, "it is the result of what is awaited here; await that, too")
            : null;

    private Finding? OfSequence(IInvocationOperation call, string work, CancellationToken cancellationToken) =>
        _sequences.LossOf(call, cancellationToken) is not null && !_silence.Covers(call)
            ? Lost(call, work, "nobody takes it out of the sequence; spawn each in a group")
            : null;

    private static Finding Lost(IOperation start, string name, string why) => new(
        Descriptors.UnawaitedCoroutine,
        start,
        start.Syntax.GetLocation(),
        ImmutableArray.Create(name, why));

    private bool IsCold(IInvocationOperation call) =>
        !call.TargetMethod.ReturnsVoid
        && (IsCold(call.Type, call) || call.TargetMethod.OriginalDefinition.HasAttribute("ColdAttribute"))
        && call.TargetMethod.Name != "ConfigureAwait";

    private bool IsCold(ITypeSymbol? type, IOperation operation) =>
        type is not null && _apis.IsCold(type, Options.Of(_options, operation.Syntax.SyntaxTree));

    private bool IsOfLinq(IInvocationOperation call) => call.TargetMethod.ContainingType.Is(_types.Enumerable);

    /// <summary>The cold call that a selector makes for each element.</summary>
    private string? WorkOf(IInvocationOperation call) =>
        call is { TargetMethod.Name: "Select", Type: INamedTypeSymbol { TypeArguments: [var element] } }
        && IsCold(element, call)
            ? call.Arguments.Length > 1 ? NameOf(call.Arguments[1].Value) : call.TargetMethod.Name
            : null;

    private static string NameOf(IOperation selector) => selector switch
    {
        IDelegateCreationOperation { Target: IMethodReferenceOperation reference } => reference.Method.Name,
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation given] } }
            when given.ReturnedValue?.WithoutConversions() is IInvocationOperation call => call.TargetMethod.Name,
        _ => "Select",
    };

    /// <summary>The private field that keeps the value, where its type only ever assigns it.</summary>
    private static IFieldSymbol? FieldKeeping(IOperation start)
    {
        var value = start.WithConversions();
        if (value.Parent is not ISimpleAssignmentOperation
            {
                Target: IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field },
                Parent: IExpressionStatementOperation,
            } assignment
            || assignment.Value != value)
        {
            return null;
        }

        foreach (var declaration in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name
                    && name.Identifier.ValueText == field.Name
                    && !IsAssigned(name))
                {
                    return null;
                }
            }
        }

        return field;
    }

    private static bool IsAssigned(IdentifierNameSyntax name)
    {
        SyntaxNode target = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access
            ? access
            : name;
        return target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } set
            && set.Left == target
            && set.Parent is ExpressionStatementSyntax;
    }
}
