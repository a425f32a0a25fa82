using Microsoft.CodeAnalysis.Simplification;

namespace ScopedTasks.CodeFixes.Building.Callers;

/// <summary>Writes a function's declaration as one that returns a task: of what it returned, or of nothing.</summary>
internal static class TaskReturn
{
    private const string Namespace = "System.Threading.Tasks";

    public static void Write(Edit edit, Site site, IMethodSymbol function, SyntaxNode declaration)
    {
        var isNamed = IsNamed(site, declaration);
        edit.Rewrite(declaration, rewritten =>
        {
            var returning = rewritten switch
            {
                MethodDeclarationSyntax method =>
                    method.WithReturnType(TaskOf(method.ReturnType, function.ReturnsVoid, isNamed)),
                LocalFunctionStatementSyntax local =>
                    local.WithReturnType(TaskOf(local.ReturnType, function.ReturnsVoid, isNamed)),
                _ => rewritten,
            };
            return function.IsAsync || !HasBody(declaration) ? returning : AsyncFunction.Async(returning);
        });
    }

    private static TypeSyntax TaskOf(TypeSyntax returned, bool isNothing, bool isNamed)
    {
        var task = (QualifiedNameSyntax)Code.Type($"global::{Namespace}.Task");
        if (!isNothing)
        {
            task = task.WithRight(SyntaxFactory.GenericName(
                SyntaxFactory.Identifier("Task"),
                SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(returned.WithoutTrivia()))));
        }

        var written = isNamed
            ? task.WithAdditionalAnnotations(Simplifier.Annotation)
            : Code.Importing(task, $"T:{Namespace}.Task{(isNothing ? "" : "`1")}");
        return written.WithTriviaFrom(returned);
    }

    // Where the file writes the namespace out, or has it in scope, it is not imported.
    private static bool IsNamed(Site site, SyntaxNode declaration)
    {
        var tree = declaration.SyntaxTree;
        var model = tree == site.Root.SyntaxTree ? site.Model : site.Model.Compilation.GetSemanticModel(tree);
        return model.LookupNamespacesAndTypes(declaration.SpanStart, name: "Task")
                .Any(type => type is INamedTypeSymbol named && named.Is(site.Types.Task))
            || tree.GetRoot(site.CancellationToken).DescendantNodes().OfType<QualifiedNameSyntax>()
                .Any(name => name.Left.ToString() == Namespace);
    }

    private static bool HasBody(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        _ => true,
    };
}
