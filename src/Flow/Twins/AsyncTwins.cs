using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Twins;

/// <summary>Finds the asynchronous method that takes what a synchronous call is given, by binding it anew.</summary>
/// <remarks>
/// Only where a method of that name is in sight at all is anything bound; that is asked once per file.
/// </remarks>
internal sealed class AsyncTwins
{
    private const string Suffix = "Async";

    private static readonly ConditionalWeakTable<Compilation, AsyncTwins> ByCompilation = new();

    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<(ISymbol Method, ITypeSymbol On), bool>>
        _inSight = new();

    private readonly Compilation _compilation;
    private readonly KnownTypes _types;
    private readonly Awaitables _awaitables;

    private AsyncTwins(Compilation compilation)
    {
        _compilation = compilation;
        _types = KnownTypes.Of(compilation);
        _awaitables = Awaitables.Of(_types);
    }

    public static AsyncTwins Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new AsyncTwins(compilation));

    /// <summary>The name of a method's twin.</summary>
    public static string NameOf(IMethodSymbol method) => method.Name + Suffix;

    /// <summary>The twin that takes the call's arguments and gives what it gave; null if there is none.</summary>
    public IMethodSymbol? Of(IInvocationOperation call, ISymbol? containingSymbol, CancellationToken cancellationToken)
    {
        if (call is not { Syntax: InvocationExpressionSyntax written, SemanticModel: { } model }
            || !IsCandidate(call.TargetMethod)
            || HasUnknownType(call)
            || !IsInSight(call, model)
            || Renamed(UnconditionalCalls.Of(written), NameOf(call.TargetMethod)) is not { } renamed)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var bound = model.GetSpeculativeSymbolInfo(
            written.SpanStart, renamed, SpeculativeBindingOption.BindAsExpression);
        return bound.Symbol is IMethodSymbol twin && IsTwin(twin, call) && !IsAround(twin, call, containingSymbol)
            ? twin
            : null;
    }

    /// <summary>The call of the twin: the name changed, and nothing else.</summary>
    public static InvocationExpressionSyntax? Renamed(InvocationExpressionSyntax call, string name)
    {
        var old = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return old is null
            ? null
            : call.ReplaceNode(
                old, old.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(old.Identifier)));
    }

    private bool IsCandidate(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension }
        && !method.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && _awaitables.Of(method.ReturnType) == Awaitable.None;

    // What is of a type that is missing fits everywhere.
    private static bool HasUnknownType(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.WithoutConversions().Type is { TypeKind: TypeKind.Error })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsInSight(IInvocationOperation call, SemanticModel model)
    {
        var method = call.TargetMethod;
        var receiver = ReceiverOf(call) ?? method.ContainingType;
        var known = _inSight.GetOrCreateValue(model.SyntaxTree);
        return known.GetOrAdd(
            (method.OriginalDefinition, receiver),
            key => !model.LookupSymbols(
                call.Syntax.SpanStart, receiver, NameOf(method), includeReducedExtensionMethods: true).IsEmpty);
    }

    /// <summary>The type that the call is made on.</summary>
    public static ITypeSymbol? ReceiverOf(IInvocationOperation call) =>
        call.Instance is { } instance ? instance.Type
        : call.TargetMethod.IsExtensionMethod && !call.Arguments.IsEmpty
            ? call.Arguments[0].Value.WithoutConversions().Type
            : null;

    private bool IsTwin(IMethodSymbol twin, IInvocationOperation call)
    {
        if (twin.HasAttribute("ObsoleteAttribute")
            || twin.IsGenericMethod != call.TargetMethod.IsGenericMethod
            || IsPlainStatic(twin) != IsPlainStatic(call.TargetMethod)
            || !_awaitables.IsHot(twin.ReturnType))
        {
            return false;
        }

        if (!TakesTheSame(twin, call))
        {
            return false;
        }

        // What gives nothing does not do what something does that gives a result.
        if (call.TargetMethod.ReturnsVoid)
        {
            return _awaitables.ResultOf(twin.ReturnType) is null;
        }

        return _awaitables.ResultOf(twin.ReturnType) is { } result
            && !_awaitables.IsHot(result)
            && _compilation.ClassifyCommonConversion(result, call.TargetMethod.ReturnType) is
            { Exists: true, IsImplicit: true, IsUserDefined: false };
    }

    // Null, and what has no type of its own, fits wherever it is given: there the types of the parameters tell.
    private static bool TakesTheSame(IMethodSymbol twin, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter }
                && argument.Value.WithoutConversions() is IDefaultValueOperation or { Type: null }
                && (parameter.Ordinal >= twin.Parameters.Length
                    || !SymbolEqualityComparer.Default.Equals(
                        twin.Parameters[parameter.Ordinal].Type.OriginalDefinition,
                        parameter.Type.OriginalDefinition)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlainStatic(IMethodSymbol method) => method is { IsStatic: true, IsExtensionMethod: false };

    // A twin is often written by way of the other: neither calls itself.
    private static bool IsAround(IMethodSymbol twin, IInvocationOperation call, ISymbol? containingSymbol)
    {
        var function = EnclosingFunction.Of(call, containingSymbol).Symbol;
        for (ISymbol? around = function; around is IMethodSymbol; around = around.ContainingSymbol)
        {
            for (var method = (IMethodSymbol?)around; method is not null; method = method.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, twin.OriginalDefinition)
                    || (method.Name == twin.Name
                        && method.ContainingType.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(
                            contract.OriginalDefinition, twin.ContainingType?.OriginalDefinition))))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
