using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Sequences;

/// <summary>Decides whether an async stream that a call produces is enumerated, passed on, or lost.</summary>
internal sealed class StreamFates
{
    private static readonly ConditionalWeakTable<Compilation, StreamFates> ByCompilation = new();

    private readonly ColdApis _cold;
    private readonly ObservingApis _observing;
    private readonly Silence _silence;
    private readonly ColdTrail _trail;

    private StreamFates(Compilation compilation)
    {
        var types = KnownTypes.Of(compilation);
        _cold = ColdApis.Of(types);
        _observing = ObservingApis.Of(types);
        _silence = new(types, _observing);
        _trail = new(call => _cold.IsStream(call.Type) && SourceOf(call) is not null);
    }

    public static StreamFates Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new StreamFates(compilation));

    public Finding? Of(IOperation operation, CancellationToken cancellationToken)
    {
        if (operation is not IInvocationOperation call
            || !_cold.IsStream(call.Type)
            || SourceOf(call) is { } source && Produces(source)
            || LossOf(call, cancellationToken) is not { } loss
            || _silence.Covers(call)
            || IsAsserted(loss))
        {
            return null;
        }

        return new(
            Descriptors.UnenumeratedStream,
            call,
            call.Syntax.GetLocation(),
            ImmutableArray.Create(call.TargetMethod.Name, Advice(call, loss, cancellationToken)));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        StartNodes.Of(node).FirstFinding(
            model, operation => Of(operation, cancellationToken), cancellationToken);

    /// <summary>Where the stream is lost; null where it is enumerated or somebody else has it.</summary>
    public IOperation? LossOf(IInvocationOperation start, CancellationToken cancellationToken) =>
        _trail.LossOf(start, cancellationToken);

    /// <summary>The stream that the call merely dresses up: <c>stream.WithCancellation(token)</c>.</summary>
    private IOperation? SourceOf(IInvocationOperation call) =>
        ColdTrail.SourceOf(call) is { } source && _cold.IsStream(source.Type) ? source : null;

    private bool Produces(IOperation source) => source switch
    {
        IConversionOperation conversion => Produces(conversion.Operand),
        IConditionalAccessInstanceOperation => true,
        IInvocationOperation call => _cold.IsStream(call.Type),
        _ => false,
    };

    /// <summary>Whether a test expects the call to throw: <c>act = () => x.Read(null); act.Should()..</c></summary>
    private bool IsAsserted(IOperation loss)
    {
        if (EnclosingFunction.Of(loss, null).Root is not IAnonymousFunctionOperation
            {
                Parent: IDelegateCreationOperation
                {
                    Parent: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var act } },
                },
            })
        {
            return false;
        }

        foreach (var mention in LocalMentions.Of(act, loss))
        {
            if (mention.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation call }
                && _observing.Of(call.TargetMethod) == Observation.Assertion)
            {
                return true;
            }
        }

        return false;
    }

    private static string Advice(IInvocationOperation call, IOperation loss, CancellationToken cancellationToken) =>
        loss is IVariableDeclaratorOperation or ISimpleAssignmentOperation { Target: ILocalReferenceOperation }
            ? "enumerate the local with 'await foreach'"
            : call.SemanticModel is { } model && AsyncPlace.CanAwait(call.Syntax, model, cancellationToken)
                ? "enumerate it with 'await foreach'"
                : "pass it on, or enumerate it with 'await foreach' in async code";
}
