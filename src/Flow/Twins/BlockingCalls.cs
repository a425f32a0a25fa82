using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Twins;

/// <summary>Decides where async code makes a synchronous call that has an asynchronous twin.</summary>
internal sealed class BlockingCalls
{
    private static readonly ConditionalWeakTable<Compilation, BlockingCalls> ByCompilation = new();

    private readonly AnalyzerOptions _options;
    private readonly KnownTypes _types;
    private readonly TwinApis _apis;
    private readonly AsyncTwins _twins;
    private readonly BlockingApis _waits;
    private readonly PrimitiveApis _primitives;
    private readonly ObservingApis _observing;
    private readonly MemoryBacked _memory;
    private readonly Silence _silence;

    private BlockingCalls(Compilation compilation, AnalyzerOptions options)
    {
        _types = KnownTypes.Of(compilation);
        _options = options;
        _apis = TwinApis.Of(_types);
        _twins = AsyncTwins.Of(compilation);
        _waits = BlockingApis.Of(compilation);
        _primitives = PrimitiveApis.Of(compilation);
        _observing = ObservingApis.Of(_types);
        _memory = new(_apis);
        _silence = new(_types, _observing);
    }

    public static BlockingCalls Of(Compilation compilation, AnalyzerOptions options)
    {
        var calls = ByCompilation.GetValue(compilation, key => new BlockingCalls(key, options));
        return calls._options == options ? calls : new(compilation, options);
    }

    public Finding? Of(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        if (operation is not IInvocationOperation call
            || !EnclosingFunction.Of(call, containingSymbol).IsAsync
            || FormOf(call) is var form && form == TwinForm.Harmless
            || _twins.Of(call, containingSymbol, cancellationToken) is not { } twin
            || IsElsewhere(call)
            || (form == TwinForm.Unknown && (IsCalledToo(twin, call) || HasNothingToWaitFor(call.TargetMethod)))
            || IsHarmless(call, form)
            || ReadySockets.AreAskedBy(call)
            || SynchronousBranches.Hold(call)
            || _silence.Covers(call)
            || call.SemanticModel is not { } model
            || !AsyncPlace.CanAwait(call.Syntax, model, cancellationToken))
        {
            return null;
        }

        return new Finding(
            Descriptors.BlockingCall,
            call,
            call.Syntax.GetLocation(),
            ImmutableArray.Create(NameOf(call), twin.Name),
            Severity: form is TwinForm.Waits or TwinForm.AskedFor && !TestMethods.IsTest(containingSymbol)
                ? null
                : DiagnosticSeverity.Info)
            .OrLoop(containingSymbol, _types, NameOf(call), "until it returns", $"await '{twin.Name}'");
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, candidate => candidate is IInvocationOperation, cancellationToken)
            is { } operation
                ? Of(operation, model.GetEnclosingSymbol(node.SpanStart, cancellationToken), cancellationToken)
                : null;

    /// <summary>What is known of what is called.</summary>
    public TwinForm FormOf(IInvocationOperation call) => _apis.Of(call.TargetMethod, AsyncTwins.ReceiverOf(call));

    // Who calls both means both: a hook of either kind.
    private static bool IsCalledToo(IMethodSymbol twin, IInvocationOperation call)
    {
        foreach (var operation in EnclosingFunction.Of(call, containingSymbol: null).Root.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: var called }
                && SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, twin.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    // What only looks into a dictionary, or hands work on; its twin asks somebody, or waits for room.
    private static bool HasNothingToWaitFor(IMethodSymbol method)
    {
        var isFound = false;
        foreach (var declaration in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax call)
                {
                    if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called }
                        || !TwinApis.LooksQuick(called))
                    {
                        return false;
                    }

                    isFound = true;
                }
            }
        }

        return isFound;
    }

    // What waits for a task, or is a primitive, is another rule's.
    private bool IsElsewhere(IInvocationOperation call) =>
        _waits.RowOf(call.TargetMethod) is not null
        || _primitives.RowOf(call.TargetMethod, Options.Of(_options, call.Syntax.SyntaxTree)) is not null
        || Options.Of(_options, call.Syntax.SyntaxTree).NotBlocking.Any(pattern => pattern.Matches(call.TargetMethod))
        || call.TargetMethod.HasAttribute("NonBlockingAttribute");

    private bool IsHarmless(IInvocationOperation call, TwinForm form) =>
        _observing.Of(call.TargetMethod) is Observation.Assertion or Observation.StandIn
        || _memory.Is(call.Instance)
        || IsGivenMemory(call)
        || (form == TwinForm.AskedFor && !IsAskedFor(call))
        || (IsQuery(call.TargetMethod) && !DatabaseQueries.Is(call));

    private static bool IsQuery(IMethodSymbol method) =>
        method.ContainingType is { Name: "Enumerable" or "Queryable", ContainingNamespace.Name: "Linq" };

    // `JsonSerializer.Serialize(memory, value)`
    private bool IsGivenMemory(IInvocationOperation call) =>
        call.TargetMethod.IsStatic
        && !call.Arguments.IsEmpty
        && call.Arguments[0].Parameter?.Type.Name == "Stream"
        && _memory.Is(call.Arguments[0].Value);

    private static bool IsAskedFor(IInvocationOperation call)
    {
        foreach (var operation in EnclosingMember.RootOf(call).Descendants())
        {
            if (operation is ISimpleAssignmentOperation
                {
                    Target: IPropertyReferenceOperation { Property.Name: "Async" },
                    Value.ConstantValue: { HasValue: true, Value: true },
                })
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(IInvocationOperation call) =>
        call.TargetMethod.IsExtensionMethod || call.TargetMethod.ContainingType is not { Name: { Length: > 0 } type }
            ? call.TargetMethod.Name
            : $"{type}.{call.TargetMethod.Name}";
}
