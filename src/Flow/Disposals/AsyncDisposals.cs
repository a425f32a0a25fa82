using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Flow.Twins;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Disposals;

/// <summary>Decides whether a <c>using</c> holds its thread for a disposal that could be awaited.</summary>
internal sealed class AsyncDisposals
{
    private const string Provider =
        "Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";

    private static readonly ConditionalWeakTable<Compilation, AsyncDisposals> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly DisposingApis _apis;
    private readonly MemoryBacked _memory;
    private readonly INamedTypeSymbol? _asyncDisposable;
    private readonly bool _hasAsyncScope;
    private readonly Silence _silence;

    private AsyncDisposals(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _apis = DisposingApis.Of(_types);
        _memory = new(TwinApis.Of(_types));
        _asyncDisposable = compilation.GetBestTypeByMetadataName("System.IAsyncDisposable");
        _hasAsyncScope =
            compilation.GetBestTypeByMetadataName(Provider)?.GetMembers("CreateAsyncScope").IsEmpty == false;
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static AsyncDisposals Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new AsyncDisposals(compilation));

    /// <summary>What is wrong with a <c>using</c>, statement or declaration; null if nothing.</summary>
    public Finding? Of(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        if (_asyncDisposable is null
            || ResourcesOf(operation) is not { IsEmpty: false } resources
            || !EnclosingFunction.Of(operation, containingSymbol).IsAsync
            || Culprit(resources) is not { } culprit
            || operation.SemanticModel is not { } model
            || !AsyncPlace.CanAwait(operation.Syntax, model, cancellationToken)
            || SynchronousBranches.Hold(operation)
            || _silence.Covers(operation))
        {
            return null;
        }

        return new Finding(
            Descriptors.SyncDispose,
            operation,
            culprit.Syntax.GetLocation(),
            IsScope(culprit)
                ? ImmutableArray.Create(
                    "CreateScope", "blocks, and throws for services that can only be disposed asynchronously",
                    "use 'await using' with 'CreateAsyncScope'")
                : ImmutableArray.Create(
                    culprit.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "",
                    "holds the thread, and has 'DisposeAsync'",
                    "use 'await using'"),
            // Many have nothing to wait for when they are disposed; that is a suggestion in a coroutine, too.
            Severity: DiagnosticSeverity.Info)
            .OrLoop(
                containingSymbol,
                _types,
                $"using {culprit.Type?.Name}",
                "until that is disposed",
                "use 'await using'");
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        for (var current = node; current is not (null or MemberDeclarationSyntax and not GlobalStatementSyntax);
            current = current.Parent)
        {
            if (current is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
            {
                return model.GetOperation(current, cancellationToken) is { } operation
                    ? Of(operation, model.GetEnclosingSymbol(current.SpanStart, cancellationToken), cancellationToken)
                    : null;
            }
        }

        return null;
    }

    /// <summary>Whether the resource is a scope that could be an asynchronous one.</summary>
    public bool IsScope(IOperation resource) =>
        _hasAsyncScope
        && resource.WithoutConversions() is IInvocationOperation { TargetMethod: { Name: "CreateScope" } method }
        && method.ContainingType.Name is "ServiceProviderServiceExtensions" or "IServiceScopeFactory";

    /// <summary>The values that a plain <c>using</c> disposes; none of one that is awaited.</summary>
    public static ImmutableArray<IOperation> ResourcesOf(IOperation operation) => operation switch
    {
        IUsingOperation { IsAsynchronous: false, Resources: IVariableDeclarationGroupOperation group } =>
            ValuesOf(group),
        IUsingOperation { IsAsynchronous: false } scope => ImmutableArray.Create(scope.Resources),
        IUsingDeclarationOperation { IsAsynchronous: false } declaration => ValuesOf(declaration.DeclarationGroup),
        _ => ImmutableArray<IOperation>.Empty,
    };

    private static ImmutableArray<IOperation> ValuesOf(IVariableDeclarationGroupOperation group)
    {
        var values = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (declarator.GetVariableInitializer()?.Value is { } value)
                {
                    values.Add(value);
                }
            }
        }

        return values.ToImmutable();
    }

    // All of them must have something to await, and one of them something worth it.
    private IOperation? Culprit(ImmutableArray<IOperation> resources)
    {
        IOperation? culprit = null;
        foreach (var resource in resources)
        {
            if (!IsScope(resource) && !HasDisposeAsync(resource.Type))
            {
                return null;
            }

            culprit ??= IsScope(resource) || !IsHarmless(resource.WithoutConversions()) ? resource : null;
        }

        return culprit;
    }

    private bool HasDisposeAsync(ITypeSymbol? type) =>
        type is INamedTypeSymbol && type.IsOrDerivesFrom(_asyncDisposable);

    private bool IsHarmless(IOperation resource) =>
        resource.Type is not INamedTypeSymbol type
        || _apis.IsHarmless(type)
        || OnlyDisposes(type)
        || _memory.Is(resource)
        || resource switch
        {
            IAwaitOperation { Operation: var awaited } => IsGivenHarmless(awaited.WithoutConfiguration()),
            IObjectCreationOperation creation => OnlyReads(creation.Arguments),
            IInvocationOperation call => OnlyReads(call.Arguments) || IsGivenHarmless(call),
            _ => false,
        };

    private bool IsGivenHarmless(IOperation resource) =>
        resource is IInvocationOperation call && _apis.GivesHarmless(call.TargetMethod);

    // What only reads has nothing to write at its end.
    private static bool OnlyReads(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (IsReadAccess(argument.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsReadAccess(IOperation value) =>
        value is IFieldReferenceOperation { Field: { Name: "Read", ContainingType.Name: "FileAccess" } }
            or IFieldReferenceOperation { Field: { Name: "Read", ContainingType.Name: "ZipArchiveMode" } }
            or IFieldReferenceOperation { Field: { Name: "Decompress", ContainingType.Name: "CompressionMode" } };

    /// <summary>Whether the type's <c>DisposeAsync</c> does what <c>Dispose</c> does, and at once.</summary>
    private bool OnlyDisposes(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IMethodSymbol { Parameters.IsEmpty: true } method
                    && (method.Name == "DisposeAsync"
                        || method.Name.EndsWith("IAsyncDisposable.DisposeAsync", StringComparison.Ordinal)))
                {
                    return !method.IsAbstract
                        && (_apis.OnlyDisposes(current)
                            ? !SymbolEqualityComparer.Default.Equals(current, type)
                            : OnlyDisposes(method));
                }
            }
        }

        return false;
    }

    private static bool OnlyDisposes(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences is not [var declaration])
        {
            return false;
        }

        foreach (var node in declaration.GetSyntax().DescendantNodes())
        {
            if (node is AwaitExpressionSyntax
                || (node is InvocationExpressionSyntax call && !Disposes(call.Expression)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Disposes(ExpressionSyntax called) =>
        (called as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText is "Dispose" or "SuppressFinalize"
            or "FromResult" or "Close"
        || called is IdentifierNameSyntax { Identifier.ValueText: "Dispose" or "Close" }
        || called is MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" };
}
