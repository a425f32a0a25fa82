using ScopedTasks.Analyzers.Flow.Handlers;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Catches what an event handler throws, and tells its type's logger of it.</summary>
internal sealed class GuardHandler : Plan
{
    // Where everything is caught in one place already, what a handler throws is shown there.
    private static readonly string[] Backstops = ["DispatcherUnhandledException", "ThreadException"];

    public override Edit? For(Site site)
    {
        var additions = Additions.Of(site.Model.Compilation);
        if (Backstops.Any(additions.AreTo)
            || HandlerAt(site) is not { } handler
            || site.Model.GetOperation(handler, site.CancellationToken) is not { } operation
            || FunctionBody.Of(handler) is not { } body
            || LoggerInReach.Of(site, body.Position) is not { } logger)
        {
            return null;
        }

        var exception = new Names(site.At(operation)).Fresh("exception");
        var edit = body.Replace(
            new Edit("Catch what it throws, and log it"),
            site.NewLine,
            $$"""
            {
            try
            {
            $0;
            }
            catch (global::System.Exception {{exception}})
            {
            {{logger}}.LogError({{exception}}, "{{TextOf(site, handler)}}");
            }
            }
            """);
        return Comments.AreKept(site, edit) ? edit : null;
    }

    // Of a method group the handler is the method, if it stands in this document.
    private static SyntaxNode? HandlerAt(Site site) =>
        site.Start is not IMethodReferenceOperation { Method.DeclaringSyntaxReferences: var declarations } ? site.Node
        : declarations is [var only] && only.SyntaxTree == site.Root.SyntaxTree ? only.GetSyntax(site.CancellationToken)
        : null;

    private static string TextOf(Site site, SyntaxNode handler) =>
        site.Model.GetDeclaredSymbol(handler, site.CancellationToken) is { Name: { Length: > 0 } name }
            ? $"'{name}' failed"
            : handler.Parent is AssignmentExpressionSyntax { Left: var target }
                ? $"The handler of '{target.GetLastToken().ValueText}' failed"
                : "The handler failed";
}
