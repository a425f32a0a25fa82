using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides where every rule keeps quiet: broken code, expression trees, assertions, stand-ins.</summary>
internal sealed class Silence(KnownTypes types, ObservingApis observing)
{
    public bool Covers(IOperation start)
    {
        if (IsBroken(start) || IsOnStandIn(start))
        {
            return true;
        }

        for (var current = start; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IInvalidOperation or INameOfOperation:
                case IConversionOperation conversion when conversion.Type.IsOrDerivesFrom(types.Expression):
                    return true;
                case IDelegateCreationOperation { Parent: IArgumentOperation argument } when IsWatched(argument):
                    return true;
            }
        }

        return false;
    }

    /// <summary>The same for a call; also where nobody need wait for what it calls.</summary>
    public bool CoversStart(IInvocationOperation call, AnalyzerOptions options) =>
        ObservingApis.IsDetached(call.TargetMethod, Options.Of(options, call.Syntax.SyntaxTree)) || Covers(call);

    private static bool IsBroken(IOperation start)
    {
        if (start.Syntax.ContainsDiagnostics)
        {
            return true;
        }

        foreach (var operation in start.Descendants())
        {
            if (operation is IInvalidOperation)
            {
                return true;
            }
        }

        return false;
    }

    // 'service.Received().SendAsync()' checks that a call was made; it makes none.
    private bool IsOnStandIn(IOperation start)
    {
        var current = start;
        while (current is not null)
        {
            if (current is IInvocationOperation call && current != start
                && observing.Of(call.TargetMethod) == Observation.StandIn)
            {
                return true;
            }

            current = current switch
            {
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { IsEmpty: false } given } =>
                    given[0].Value,
                IPropertyReferenceOperation property => property.Instance,
                IConversionOperation conversion => conversion.Operand,
                _ => null,
            };
        }

        return false;
    }

    private bool IsWatched(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && observing.Of(call.TargetMethod) == Observation.Assertion
        || argument.Parameter is { } parameter && parameter.HasAttribute("DetachedAttribute");
}
