using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Loops;

/// <summary>Decides whether a loop in a coroutine keeps the event loop for itself for ever.</summary>
/// <remarks>One that may be left, however seldom, is taken for a computation that ends.</remarks>
internal sealed class StarvedLoops
{
    private static readonly ConditionalWeakTable<Compilation, StarvedLoops> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly Silence _silence;

    private StarvedLoops(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static StarvedLoops Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new StarvedLoops(compilation));

    public Finding? Of(IOperation operation, ISymbol? containingSymbol) =>
        operation is IWhileLoopOperation or IForLoopOperation
        && operation is ILoopOperation loop
        && LoopCode.Holds(loop, containingSymbol, _types)
        && !loop.OwnDescendants().Any(static inner => IsPause(inner))
        && WhyEndless(loop) is { } why
        && !_silence.Covers(loop)
            ? new(
                Descriptors.StarvedLoop,
                loop,
                loop.Syntax.GetFirstToken().GetLocation(),
                ImmutableArray.Create(HeadOf(loop.Syntax), why))
            : null;

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node is StatementSyntax && model.GetOperation(node, cancellationToken) is { } operation
            ? Of(operation, model.GetEnclosingSymbol(node.SpanStart, cancellationToken))
            : null;

    /// <summary>The statement that the loop repeats.</summary>
    public static StatementSyntax? BodyOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax @while => @while.Statement,
        DoStatementSyntax @do => @do.Statement,
        ForStatementSyntax @for => @for.Statement,
        _ => null,
    };

    // It gives the loop back, or is left.
    private static bool IsPause(IOperation operation) => operation switch
    {
        IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IThrowOperation => true,
        IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true } => true,
        IReturnOperation => true,
        IBranchOperation { BranchKind: not BranchKind.Continue } => true,
        _ => false,
    };

    private string? WhyEndless(ILoopOperation loop) =>
        LoopBounds.NeverEnds(loop) ? "it never awaits"
        : WaitsForOthers(loop) ? "it waits without an await"
        : null;

    /// <summary>Whether it only asks for what others have to change: <c>while (!_ready) { }</c>.</summary>
    private bool WaitsForOthers(ILoopOperation loop)
    {
        var asksOthers = false;
        foreach (var operation in loop.OwnDescendants())
        {
            switch (operation)
            {
                // What the framework's types say may well change by itself, as a clock does.
                case IFieldReferenceOperation { Field.IsConst: false, Parent: not IMemberReferenceOperation }:
                    asksOthers = true;
                    break;
                case IPropertyReferenceOperation { Property: var property }:
                    asksOthers |= !property.DeclaringSyntaxReferences.IsEmpty
                        || SymbolEqualityComparer.Default.Equals(
                            property.ContainingAssembly, _types.Coroutine!.ContainingAssembly);
                    break;
                case IInvocationOperation { TargetMethod.ContainingType.Name: "Thread" or "SpinWait" }:
                    break;
                case IInvocationOperation or IAssignmentOperation or IIncrementOrDecrementOperation
                    or IObjectCreationOperation or IDynamicInvocationOperation or IVariableDeclarationOperation
                    or IDeclarationPatternOperation or IEventAssignmentOperation:
                    return false;
            }
        }

        return asksOthers;
    }

    private static string HeadOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax @while => $"while ({@while.Condition})",
        DoStatementSyntax @do => $"do .. while ({@do.Condition})",
        ForStatementSyntax { Condition: null } => "for (;;)",
        ForStatementSyntax @for => $"for (; {@for.Condition};)",
        _ => "",
    };
}
