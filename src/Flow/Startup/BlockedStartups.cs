using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Startup;

/// <summary>Decides whether a hosted service keeps its host from starting.</summary>
/// <remarks>
/// From .NET 10 on, all of <c>ExecuteAsync</c> runs on a thread of the pool: there it may do what it likes.
/// </remarks>
internal sealed class BlockedStartups
{
    private const int FirstVersionOnPool = 10;

    private static readonly ConditionalWeakTable<Compilation, BlockedStartups> ByCompilation = new();

    private readonly INamedTypeSymbol? _service;
    private readonly INamedTypeSymbol? _background;
    private readonly PrimitiveApis _primitives;

    private BlockedStartups(Compilation compilation)
    {
        _service = compilation.GetBestTypeByMetadataName("Microsoft.Extensions.Hosting.IHostedService");
        _background = compilation.GetBestTypeByMetadataName("Microsoft.Extensions.Hosting.BackgroundService");
        _primitives = PrimitiveApis.Of(compilation);
    }

    /// <summary>Whether the compilation knows of hosted services at all.</summary>
    public bool AreThere => _service is not null;

    public static BlockedStartups Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new BlockedStartups(compilation));

    /// <summary>What is wrong with the body of a method that a host calls; null if nothing.</summary>
    public Finding? Of(IOperation body, ISymbol? containingSymbol, AnalyzerOptions options)
    {
        if (containingSymbol is not IMethodSymbol method)
        {
            return null;
        }

        var (culprit, what) = IsExecute(method) ? BeforeFirstAwait(body, Options.Of(options, body.Syntax.SyntaxTree))
            : IsStart(method) ? WaitForEver(body)
            : default;
        return culprit is null
            ? null
            : new(
                Descriptors.BlockedStartup,
                culprit,
                LocationOf(culprit),
                ImmutableArray.Create(method.Name, what!));
    }

    private static Location LocationOf(IOperation culprit) =>
        culprit is ILoopOperation ? culprit.Syntax.GetFirstToken().GetLocation() : culprit.Syntax.GetLocation();

    private bool IsExecute(IMethodSymbol method) =>
        method is { Name: "ExecuteAsync", IsOverride: true }
        && method.ContainingType.IsOrDerivesFrom(_background)
        && _background?.ContainingAssembly.Identity.Version.Major < FirstVersionOnPool;

    private bool IsStart(IMethodSymbol method) =>
        method.Name is "StartAsync" or "Microsoft.Extensions.Hosting.IHostedService.StartAsync"
        && method.Parameters.Length == 1
        && method.ContainingType.IsOrDerivesFrom(_service);

    /// <summary>What keeps the thread before the first <c>await</c> gives it back.</summary>
    private (IOperation? Culprit, string? What) BeforeFirstAwait(IOperation body, Options options)
    {
        foreach (var operation in body.OwnDescendants())
        {
            switch (operation)
            {
                case IAwaitOperation:
                case IForEachLoopOperation { IsAsynchronous: true }:
                case IReturnOperation { ReturnedValue: IInvocationOperation }:
                    return default;

                case ILoopOperation loop when LoopBounds.IsEndless(loop) && !loop.OwnDescendants().Any(IsWait):
                    return (loop, "loops without an 'await'");
                case IForEachLoopOperation loop
                    when loop.Collection.WithoutConversions() is IInvocationOperation read
                        && _primitives.RowOf(read.TargetMethod, options) is { Form: PrimitiveForm.Sequence }:
                    return (loop, "waits for the first item");
                case IInvocationOperation call
                    when _primitives.RowOf(call.TargetMethod, options) is { Form: PrimitiveForm.Signal } row
                        && !Timeouts.IsZero(call):
                    return (call, $"blocks {row.Until}");
            }
        }

        return default;
    }

    private static bool IsWait(IOperation operation) =>
        operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true }
            or IReturnOperation { Kind: OperationKind.Return }
            or IBranchOperation { BranchKind: BranchKind.Break };

    /// <summary>The endless loop that whoever awaits the start waits for.</summary>
    private static (IOperation? Culprit, string? What) WaitForEver(IOperation body)
    {
        foreach (var operation in body.OwnDescendants())
        {
            switch (operation)
            {
                case ILoopOperation loop when LoopBounds.IsEndless(loop) && !loop.OwnDescendants().Any(IsEnd):
                    return (loop, "loops until the host stops");
                case IAwaitOperation awaited
                    when awaited.Operation.WithoutConfiguration() is IInvocationOperation call && IsEndless(call):
                    return (call, $"awaits '{call.TargetMethod.Name}', which loops until the host stops");
                case IReturnOperation { ReturnedValue: { } value }
                    when value.WithoutConversions() is IInvocationOperation call && IsEndless(call):
                    return (call, $"returns '{call.TargetMethod.Name}', which loops until the host stops");
            }
        }

        return default;
    }

    private static bool IsEnd(IOperation operation) =>
        operation is IReturnOperation { Kind: OperationKind.Return }
            or IBranchOperation { BranchKind: BranchKind.Break };

    // The callee's own statements, by their shape: `while (true)`, `while (!token.IsCancellationRequested)`.
    private static bool IsEndless(IInvocationOperation call)
    {
        foreach (var declaration in call.TargetMethod.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var body = declaration.GetSyntax() switch
            {
                MethodDeclarationSyntax method => method.Body,
                LocalFunctionStatementSyntax local => local.Body,
                _ => null,
            };
            if (body?.Statements.Any(static statement => IsEndlessLoop(statement)) is true)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEndlessLoop(StatementSyntax statement) => statement switch
    {
        WhileStatementSyntax loop => IsEndless(loop.Condition) && !Leaves(loop.Statement),
        ForStatementSyntax { Condition: null } loop => !Leaves(loop.Statement),
        TryStatementSyntax @try => @try.Block.Statements.Any(static inner => IsEndlessLoop(inner)),
        _ => false,
    };

    private static bool IsEndless(ExpressionSyntax condition) =>
        condition.IsKind(SyntaxKind.TrueLiteralExpression)
        || condition is PrefixUnaryExpressionSyntax
        {
            Operand: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested" },
        };

    private static bool Leaves(StatementSyntax body) =>
        body.DescendantNodes().Any(static node => node is ReturnStatementSyntax or BreakStatementSyntax);
}
