using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Loops;

/// <summary>Decides where a coroutine goes by real time, which its loop's clock knows nothing of.</summary>
internal sealed class RealTimes
{
    private static readonly ConditionalWeakTable<Compilation, RealTimes> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly ClockApis _apis;
    private readonly Silence _silence;

    private RealTimes(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _apis = ClockApis.Of(_types);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static RealTimes Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new RealTimes(compilation));

    public Finding? Of(IOperation operation, ISymbol? containingSymbol)
    {
        if (RowOf(operation) is not { } row
            || (row.Form == ClockForm.Waits && TimeOf(operation) is null)
            || !LoopCode.Holds(operation, containingSymbol, _types)
            || _silence.Covers(operation))
        {
            return null;
        }

        return new(
            Descriptors.RealTimeInLoop,
            operation,
            operation.Syntax.GetLocation(),
            ImmutableArray.Create(
                NameOf(operation),
                row.Form == ClockForm.Tells ? "ask the loop's 'TimeProvider'" : "hand it the loop's 'TimeProvider'"));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => RowOf(candidate) is not null, cancellationToken) is { } operation
            ? Of(operation, model.GetEnclosingSymbol(node.SpanStart, cancellationToken))
            : null;

    /// <summary>The row of a call, property or <c>new</c>; null for the many that do not go by real time.</summary>
    public ClockApi? RowOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => _apis.RowOf(call.TargetMethod),
        IPropertyReferenceOperation property => _apis.RowOf(property.Property),
        IObjectCreationOperation creation => _apis.RowOf(creation.Constructor),
        _ => null,
    };

    /// <summary>The time that is waited for by the real clock; null for none, for ever, and another clock.</summary>
    public static IArgumentOperation? TimeOf(IOperation operation)
    {
        var arguments = operation switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        IArgumentOperation? time = null;
        foreach (var argument in arguments)
        {
            switch (argument.Parameter?.Type.Name)
            {
                case "TimeProvider":
                    return null;
                case "TimeSpan" or "Int32":
                    time = Timeouts.IsZero(argument.Value) || Timeouts.IsInfinite(argument.Value) ? null : argument;
                    break;
            }
        }

        return time;
    }

    private static string NameOf(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => $"new {creation.Type?.Name}",
        IInvocationOperation { TargetMethod: var method } => $"{method.ContainingType.Name}.{method.Name}",
        IPropertyReferenceOperation { Property: var property } => $"{property.ContainingType.Name}.{property.Name}",
        _ => "",
    };
}
