using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Loops;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Hands the loop's clock to what waits, and asks it for the time.</summary>
internal sealed class PassTimeProvider : Plan
{
    private const string Title = "Go by the loop's clock";

    public override Edit? For(Site site)
    {
        if (RealTimes.Of(site.Model.Compilation).RowOf(site.Start) is not { } row
            || site.Node is not ExpressionSyntax whole)
        {
            return null;
        }

        var edit = row.Form == ClockForm.Tells
            ? new Edit(Title).Replace(
                whole, Code.Expression($"$0.{row.Instead}", Provider(site)).WithTriviaFrom(whole))
            : OfWait(site, whole);
        return edit is not null && Comments.AreKept(site, edit) ? edit : null;
    }

    private static Edit? OfWait(Site site, ExpressionSyntax whole)
    {
        if (RealTimes.TimeOf(site.Start) is not { Syntax: ArgumentSyntax { NameColon: null } time } operation
            || ArgumentsOf(whole) is not { } list
            || list.Arguments.IndexOf(time) is not (>= 0 and var index))
        {
            return null;
        }

        var arguments = list.Arguments;
        if (operation.Parameter?.Type.SpecialType == SpecialType.System_Int32)
        {
            arguments = arguments.Replace(
                time,
                SyntaxFactory.Argument(Code.Expression(
                    "global::System.TimeSpan.FromMilliseconds($0)", time.Expression.WithoutTrivia()))
                    .WithTriviaFrom(time));
        }

        arguments = arguments.Insert(index + 1, SyntaxFactory.Argument(Provider(site)));
        var changed = SyntaxFactory.SeparatedList(
            arguments,
            arguments.GetSeparators().Select(comma => comma.TrailingTrivia.Any()
                ? comma
                : comma.WithTrailingTrivia(SyntaxFactory.Space)));
        return new Edit(Title).Replace(list, list.WithArguments(changed));
    }

    private static ArgumentListSyntax? ArgumentsOf(ExpressionSyntax whole) => whole switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        _ => null,
    };

    // In a coroutine that runs on a loop there is a current one.
    private static ExpressionSyntax Provider(Site site) => Code.Expression(
        site.Model.GetNullableContext(site.Node.SpanStart).AnnotationsEnabled()
            ? "::EventLoop.Current!.TimeProvider"
            : "::EventLoop.Current.TimeProvider");
}
