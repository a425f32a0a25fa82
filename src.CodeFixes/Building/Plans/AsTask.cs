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
            || UsesOf(site, local) is not { } uses)
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

        foreach (var (use, name) in uses)
        {
            edit.Replace(use, name.WithTriviaFrom(use));
        }

        return edit;
    }

    /// <summary>
    /// The conversions by hand, which a task needs no more; null where somebody wants a value task or assigns another.
    /// </summary>
    private static List<(SyntaxNode Use, SyntaxNode Name)>? UsesOf(Site site, ILocalSymbol local)
    {
        var uses = new List<(SyntaxNode, SyntaxNode)>();
        foreach (var mention in LocalMentions.Of(local, site.Start))
        {
            switch (mention.Parent)
            {
                case IInvocationOperation { TargetMethod.Name: "AsTask" } conversion:
                    uses.Add((conversion.Syntax, mention.Syntax));
                    break;
                case IAwaitOperation or IPropertyReferenceOperation or INameOfOperation:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" }:
                    break;
                default:
                    return null;
            }
        }

        return uses;
    }
}
