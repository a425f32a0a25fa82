using Microsoft.CodeAnalysis.Simplification;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Keeps the task of a value task, which may be awaited as often as one likes.</summary>
internal sealed class AsTask : Plan
{
    public override Edit? For(Site site)
    {
        if (!site.Awaitables.IsValueTask(site.Start.Type)
            || site.Start is not ILocalReferenceOperation { Local: var local }
            || local.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax
            {
                Initializer.Value: { } value,
                Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration,
            }
            || IsUsedOtherwise(site, local))
        {
            return null;
        }

        var edit = new Edit("Keep its 'AsTask()'").Replace(
            value,
            Code.Expression("$0.AsTask()", Expressions.AsReceiver(value.WithoutTrivia())).WithTriviaFrom(value));
        if (!declaration.Type.IsVar)
        {
            var result = site.Awaitables.ResultOf(local.Type)?.ToMinimalDisplayString(site.Model, value.SpanStart);
            edit.Replace(
                declaration.Type,
                Code.Type("global::System.Threading.Tasks.Task" + (result is null ? "" : $"<{result}>"))
                    .WithTriviaFrom(declaration.Type)
                    .WithAdditionalAnnotations(Simplifier.Annotation));
        }

        return edit;
    }

    // Whoever wants a value task, assigns another, or converts it by hand gets it no more.
    private static bool IsUsedOtherwise(Site site, ILocalSymbol local)
    {
        foreach (var mention in LocalMentions.Of(local, site.Start))
        {
            if (mention.Parent is not (IAwaitOperation or IPropertyReferenceOperation or INameOfOperation)
                && mention.Parent is not IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" })
            {
                return true;
            }
        }

        return false;
    }
}
