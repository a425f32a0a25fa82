using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Bounds;

/// <summary>Decides whether a buffer is made that takes as much as its producer writes.</summary>
internal sealed class UnboundedBuffers
{
    private static readonly ConditionalWeakTable<Compilation, UnboundedBuffers> ByCompilation = new();

    private readonly BufferApis _apis;
    private readonly Silence _silence;

    private UnboundedBuffers(Compilation compilation)
    {
        var types = KnownTypes.Of(compilation);
        _apis = BufferApis.Of(types);
        _silence = new(types, ObservingApis.Of(types));
    }

    public static UnboundedBuffers Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new UnboundedBuffers(compilation));

    public Finding? Of(IOperation operation)
    {
        var method = operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (method is null
            || _apis.RowOf(method) is not { } row
            || (row.Bound is { } bound && method.Parameters.Any(parameter => parameter.Name == bound))
            || _silence.Covers(operation))
        {
            return null;
        }

        var name = operation is IObjectCreationOperation ? method.ContainingType.Name : row.Member;
        return new(
            Descriptors.UnboundedBuffer,
            operation,
            operation.Syntax.GetLocation(),
            ImmutableArray.Create(name, row.Advice));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => Of(candidate) is not null, cancellationToken) is { } operation
            ? Of(operation)
            : null;
}
