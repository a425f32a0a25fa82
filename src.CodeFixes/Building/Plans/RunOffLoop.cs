using ScopedTasks.CodeFixes.Building.Waits;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Runs what blocks on a thread that is there for it, while the loop goes on: <c>await Blocking.RunAsync(..)</c>.
/// </summary>
internal sealed class RunOffLoop : Plan
{
    public override Edit? For(Site site)
    {
        if (site.Types.Coroutine is null || site.Start is IUsingOperation or IUsingDeclarationOperation)
        {
            return null;
        }

        var ct = new Names(site).ForParameter("ct");
        return AwaitInPlace.Write(
            site,
            blocking => new(
                Code.Expression($"::Blocking.RunAsync({ct} => $0)", blocking.WithoutTrivia()),
                "Run it with 'Blocking.RunAsync', while the loop goes on"));
    }
}
