using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Repeats;

/// <summary>Decides whether a sequence that starts its tasks when it is enumerated is enumerated twice.</summary>
internal sealed class ReenumeratedSequences
{
    private static readonly ConditionalWeakTable<Compilation, ReenumeratedSequences> ByCompilation = new();

    private readonly SequenceFates _sequences;
    private readonly Silence _silence;

    private ReenumeratedSequences(Compilation compilation)
    {
        var types = KnownTypes.Of(compilation);
        _sequences = SequenceFates.Of(compilation);
        _silence = new(types, ObservingApis.Of(types));
    }

    public static ReenumeratedSequences Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new ReenumeratedSequences(compilation));

    public Finding? Of(IOperation operation)
    {
        if (operation is not IInvocationOperation call
            || _sequences.WorkStartedBy(call) is not { } work
            || UsesOf(call) is not { } repeated
            || _silence.Covers(call))
        {
            return null;
        }

        return new(
            Descriptors.ReenumeratedTasks,
            call,
            call.Syntax.GetLocation(),
            ImmutableArray.Create(
                work,
                repeated.First.Syntax.ToString(),
                repeated.IsOnePlace
                    ? $"in line {LineOf(repeated.First)}, and again when that runs again"
                    : $"in line {LineOf(repeated.First)} and in line {LineOf(repeated.Second)}"));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node is SelectOrGroupClauseSyntax && node.FirstAncestorOrSelf<QueryExpressionSyntax>() is { } query)
        {
            return model.GetOperation(query, cancellationToken)?.Descendants()
                .FirstOrDefault(operation => operation is IInvocationOperation && operation.Syntax == node)
                is { } selection
                    ? Of(selection)
                    : null;
        }

        return StartNodes.Of(node).FirstFinding(model, Of, cancellationToken);
    }

    /// <summary>The two places that enumerate the local which keeps the sequence; null where none does twice.</summary>
    public RepeatedUse? UsesOf(IInvocationOperation call) =>
        HolderOf(call, out var declarator) is { } local && !IsAssigned(local, declarator)
            ? RepeatedUses.Of(local, declarator, SequenceUses.AreHere)
            : null;

    /// <summary>The local that is declared with the sequence, as it is or with more queries on it.</summary>
    private ILocalSymbol? HolderOf(IInvocationOperation call, out IOperation declarator)
    {
        IOperation current = call;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or ITranslatedQueryOperation:
                    break;
                case IArgumentOperation { Parent: IInvocationOperation query }
                    when ColdTrail.SourceOf(query)?.Syntax == current.Syntax && _sequences.IsDeferred(query):
                    parent = query;
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } kept }:
                    declarator = kept;
                    return local;
                default:
                    declarator = call;
                    return null;
            }

            current = parent;
        }

        declarator = call;
        return null;
    }

    // What it gets later may be a list of it: `tasks = tasks.ToList();`
    private static bool IsAssigned(ILocalSymbol local, IOperation within) =>
        LocalMentions.Of(local, within).Any(LocalMentions.IsAssigned);

    private static int LineOf(IOperation operation) =>
        operation.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
