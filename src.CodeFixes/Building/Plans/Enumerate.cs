using ScopedTasks.Analyzers.Flow.Sequences;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Enumerates the lost stream where it was produced: <c>await foreach (var _ in ReadAsync())</c>.</summary>
internal sealed class Enumerate : Plan
{
    private const string Title = "Enumerate it with 'await foreach'";

    public override Edit? For(Site site)
    {
        if (!site.CanAwait
            || site.Language < LanguageVersion.CSharp8
            || EndlessCalls.IsEndless(site, (ExpressionSyntax)site.Node))
        {
            return null;
        }

        return DroppedWork.Of(site.Node) is { } dropped ? OfDropped(site, dropped) : OfLocal(site);
    }

    private static Edit? OfDropped(Site site, DroppedWork dropped)
    {
        if (dropped.Statement is not { } statement)
        {
            return null;
        }

        if (dropped.Guard is null)
        {
            return new Edit(Title).Replace(statement, Loop(site, StreamOf(dropped.Whole), statement));
        }

        return NullGuard.Write(site, dropped, work => work) is { } guarded
            && guarded.DescendantNodes().OfType<ExpressionStatementSyntax>().FirstOrDefault() is { } inner
                ? new Edit(Title).Replace(
                    statement, guarded.ReplaceNode(inner, Loop(site, StreamOf(inner.Expression), inner)))
                : null;
    }

    private static Edit? OfLocal(Site site) =>
        LostLocal.Of(site, StreamFates.Of(site.Model.Compilation).LossOf(
            (IInvocationOperation)site.Start, site.CancellationToken)) is { } lost
            ? new Edit(Title).Replace(lost.Declaration, Loop(site, lost.Value, lost.Declaration))
            : null;

    private static ExpressionSyntax StreamOf(ExpressionSyntax whole) =>
        Expressions.Unparenthesized(whole is AssignmentExpressionSyntax discard ? discard.Right : whole);

    private static StatementSyntax Loop(Site site, ExpressionSyntax stream, StatementSyntax statement)
    {
        var enumerated = stream.WithoutTrivia();
        if (ConfigureAwaitStyle.IsFalseIn(site) && !ConfigureAwaitStyle.IsConfigured(enumerated))
        {
            enumerated = Code.Expression("$0.ConfigureAwait(false)", Expressions.AsReceiver(enumerated));
        }

        var line = site.NewLine + Site.IndentationOf(statement);
        return Code.Statement($"await foreach (var {NameIn(site)} in $0){line}{{{line}}}", enumerated)
            .WithTriviaFrom(statement);
    }

    // Nobody reads the elements; `_` says so, unless something around has that name.
    private static string NameIn(Site site) =>
        site.Model.LookupSymbols(site.Node.SpanStart, name: "_").IsEmpty ? "_" : new Names(site).Fresh("item");
}
