using ScopedTasks.Analyzers.Flow.Unstarted;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Writes <c>Task.Run(..)</c> for a task that was made with <c>new</c> and never started.</summary>
internal sealed class RunTask : Plan
{
    private const string Title = "Run it with 'Task.Run'";

    public override Edit? For(Site site)
    {
        if (site.Node is not BaseObjectCreationExpressionSyntax { ArgumentList: not null, Initializer: null } creation
            || site.Start is not IObjectCreationOperation made
            || site.Types.Task!.GetMembers("Run").IsEmpty
            || Run(site, creation, made) is not { } run)
        {
            return null;
        }

        return UnstartedTasks.Of(site.Model.Compilation).UseOf(made, site.Function.Symbol) switch
        {
            TaskUse.Awaited or TaskUse.Waited or TaskUse.Returned =>
                new Edit(Title).Replace(creation, run.WithTriviaFrom(creation)),
            TaskUse.Dropped when DroppedWork.Of(creation) is { Statement: not null, Guard: null } dropped
                && site.CanAwait
                && !EndlessCalls.IsEndless(site, creation) =>
                new Edit(Title + " and await it").Replace(
                    dropped.Whole, Expressions.Await(site, run).WithTriviaFrom(dropped.Whole)),
            _ => null,
        };
    }

    private static ExpressionSyntax? Run(
        Site site, BaseObjectCreationExpressionSyntax creation, IObjectCreationOperation made)
    {
        var arguments = creation.ArgumentList!.Arguments;
        foreach (var argument in made.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "action" or "function" or "cancellationToken":
                    break;
                case "creationOptions" when argument.Value.ConstantValue is { HasValue: true, Value: 0 }:
                    arguments = arguments.Remove(arguments.First(written => written == argument.Syntax));
                    break;
                default:
                    return null;
            }
        }

        var result = site.Awaitables.ResultOf(made.Type);
        if (site.Awaitables.IsHot(result))
        {
            return null;
        }

        var type = result is null || IsNatural(site, arguments[0].Expression, result)
            ? ""
            : $"<{result.ToMinimalDisplayString(site.Model, creation.SpanStart)}>";
        var run = (InvocationExpressionSyntax)Code.Expression($"global::System.Threading.Tasks.Task.Run{type}()");
        return run.WithArgumentList(creation.ArgumentList.WithArguments(arguments).WithoutTrivia());
    }

    // Only where the compiler finds the type by itself, and finds the same.
    private static bool IsNatural(Site site, ExpressionSyntax function, ITypeSymbol result) => function switch
    {
        AnonymousFunctionExpressionSyntax { ExpressionBody: { } body } =>
            SymbolEqualityComparer.Default.Equals(site.Model.GetTypeInfo(body, site.CancellationToken).Type, result),
        AnonymousFunctionExpressionSyntax => false,
        _ => site.Model.GetTypeInfo(function, site.CancellationToken).Type is not null,
    };
}
