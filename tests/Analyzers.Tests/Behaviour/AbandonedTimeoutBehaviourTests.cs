using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a timeout cancels the work.</summary>
public sealed class AbandonedTimeoutBehaviourTests
    : FixBehaviourTests<AbandonedTimeoutAnalyzer, AbandonedTimeoutFix>
{
    [Fact]
    public Task Work_that_is_done_in_time_gives_its_result() => Keeps(
        """
        static class Program
        {
            static async Task Main() => Console.WriteLine(await PriceAsync(CancellationToken.None));

            static async Task<int> PriceAsync(CancellationToken ct) =>
                await NumberAsync(ct).WaitAsync(TimeSpan.FromHours(1));

            static async Task<int> NumberAsync(CancellationToken ct)
            {
                await Task.Yield();
                return 5;
            }
        }
        """,
        "5");

    [Fact]
    public async Task Work_that_is_late_is_cancelled_and_awaited()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    try
                    {
                        await SendAsync(CancellationToken.None);
                    }
                    catch (TimeoutException)
                    {
                        Console.WriteLine("late");
                    }
                }

                static async Task SendAsync(CancellationToken ct) =>
                    await Work.DoAsync("mail", ct).WaitAsync(TimeSpan.FromMilliseconds(1));
            }
            """);
        Assert.Equal(new[] { "mail starts", "late" }, before.Lines);
        Assert.Equal(new[] { "mail starts", "mail is cancelled", "late" }, after.Lines);
    }
}
