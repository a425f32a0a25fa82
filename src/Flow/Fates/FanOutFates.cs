using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Decides what is wrong with a start of work for each element of something, all at once.</summary>
internal sealed class FanOutFates(
    Awaitables awaitables, Silence silence, AnalyzerOptions options, StartFindings findings)
{
    private readonly ProgramParts _parts = new(awaitables);

    public Finding? OfCollected(IInvocationOperation call, TaskTrail trail, ISymbol containingSymbol)
    {
        if (LoopBounds.LoopOf(call) is null)
        {
            return null;
        }

        var use = LocalUses.Of(trail.Holder!, call);
        if (use == LocalUse.Other
            || silence.CoversStart(call, options)
            || LoopBounds.UnboundedLoopOf(call) is not { } loop)
        {
            return null;
        }

        return use == LocalUse.None
            ? findings.SpawnInLoop(call, loop)
            : TestMethods.IsTest(containingSymbol) || CalleeWaits(call.TargetMethod) || _parts.AreWalked(loop, call)
                ? null
                : findings.FanOut(call, StartFindings.LocationOf(call));
    }

    public Finding? OfSelected(IInvocationOperation call, IInvocationOperation selection, ISymbol containingSymbol) =>
        IsFanOut(selection, containingSymbol)
        && !silence.CoversStart(call, options)
        && !CalleeWaits(call.TargetMethod)
        && !LoopBounds.Waits(EnclosingFunction.Of(call, containingSymbol).Root)
            ? findings.FanOut(call, StartFindings.LocationOf(call))
            : null;

    public Finding? OfSelector(IOperation selector, ISymbol containingSymbol)
    {
        if (TaskTrail.SelectionOf(selector.Parent as IDelegateCreationOperation) is not { } selection)
        {
            return null;
        }

        switch (selector)
        {
            case IMethodReferenceOperation reference
                when !awaitables.IsHot(reference.Method.ReturnType) || CalleeWaits(reference.Method):
            case IAnonymousFunctionOperation lambda
                when !awaitables.IsHot(lambda.Symbol.ReturnType) || LoopBounds.Waits(lambda):
                return null;
        }

        return IsFanOut(selection, containingSymbol) && !silence.Covers(selector)
            ? findings.FanOut(selector, selector.Syntax.GetLocation())
            : null;
    }

    private bool IsFanOut(IInvocationOperation selection, ISymbol containingSymbol) =>
        selection.Arguments.Length > 1
        && LocalUses.IsAwaitedTogether(selection)
        && !_parts.AreSelected(selection)
        && !LoopBounds.IsSmall(selection.Arguments[0].Value)
        && !TestMethods.IsTest(containingSymbol);

    // The callee's own body, by name: a throttle there bounds what runs, however many are started.
    private static bool CalleeWaits(IMethodSymbol method)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called }
                    && SpawningApis.LooksLikeWait(called.Name.Identifier.ValueText))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
