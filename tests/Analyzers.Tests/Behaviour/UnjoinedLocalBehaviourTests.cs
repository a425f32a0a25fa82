using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a local's task gets a group.</summary>
public sealed class UnjoinedLocalBehaviourTests : FixBehaviourTests<UnjoinedLocalAnalyzer, UnjoinedLocalFix>
{
    [Fact]
    public Task The_work_starts_at_once_and_runs_to_its_end() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                Console.WriteLine(await PlaceAsync(2));
            }

            static async Task<int> PlaceAsync(int order)
            {
                var mail = Work.DoAsync("mail " + order);
                Console.WriteLine("mailing");
                await Task.Yield();
                return order + 1;
            }
        }
        """,
        "mail 2 starts",
        "mail 2 ends",
        "3");

    [Fact]
    public Task A_failure_that_nobody_awaited_comes_out_at_the_end() => BringsOut(
        "mail",
        """
        static class Program
        {
            static async Task Main()
            {
                var mail = Work.FailAsync("mail");
                Console.WriteLine("mailing");
                await Work.WaitAsync(1);
                Console.WriteLine("placed");
            }
        }
        """);

    [Fact]
    public Task Nothing_in_a_list_is_lost() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                var mails = new List<Task>();
                mails.Add(Work.DoAsync("first"));
                mails.Add(Work.DoAsync("second"));
                Console.WriteLine(mails.Count);
                await Work.WaitAsync(2);
            }
        }
        """,
        "2",
        "first ends",
        "second ends");

    [Fact]
    public async Task Nothing_runs_when_the_function_has_ended()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    await PlaceAsync();
                    Console.WriteLine("returned");
                    await Work.WaitAsync(1);
                }

                static async Task PlaceAsync()
                {
                    var mail = Work.DoAsync("mail");
                    await Task.Yield();
                    Work.Open();
                }
            }
            """);
        Assert.Equal(["mail starts", "mail ends", "returned"], after.Lines);
        Assert.Equal(before.Lines.Order(), after.Lines.Order());
    }
}
