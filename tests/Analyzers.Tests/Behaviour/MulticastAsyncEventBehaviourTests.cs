using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after an event waits for all of its handlers.</summary>
public sealed class MulticastAsyncEventBehaviourTests
    : FixBehaviourTests<MulticastAsyncEventAnalyzer, MulticastAsyncEventFix>
{
    [Fact]
    public Task Every_handler_runs() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                var shop = new Shop();
                shop.Closing += () => Work.DoAsync("first");
                shop.Closing += () => Work.DoAsync("second");
                await shop.CloseAsync();
                await Work.WaitAsync(2);
                await new Shop().CloseAsync();
            }
        }

        public class Shop
        {
            public event Func<Task> Closing;

            public async Task CloseAsync()
            {
                if (Closing != null)
                {
                    await Closing();
                }
            }
        }
        """,
        "first ends",
        "second ends");

    [Fact]
    public Task The_failure_of_the_first_handler_comes_out() => BringsOut(
        "first",
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                var shop = new Shop();
                shop.Closing += () => Work.FailAsync("first");
                shop.Closing += () => Work.DoAsync("second");
                await shop.CloseAsync();
                Console.Write("");
            }
        }

        public class Shop
        {
            public event Func<Task> Closing;

            public async Task CloseAsync()
            {
                if (Closing != null)
                {
                    await Closing();
                }
            }
        }
        """);

    [Fact]
    public async Task Who_raises_it_waits_for_the_first_handler()
    {
        var (_, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var shop = new Shop();
                    shop.Closing += async () =>
                    {
                        for (var i = 0; i < 100; i++) await Task.Yield();
                        Work.Do("first");
                    };
                    shop.Closing += () => Task.CompletedTask;
                    await shop.CloseAsync();
                    Console.WriteLine("closed");
                    await Work.WaitAsync(1);
                }
            }

            public class Shop
            {
                public event Func<Task> Closing;

                public async Task CloseAsync()
                {
                    if (Closing != null)
                    {
                        await Closing();
                    }
                }
            }
            """);
        Assert.Equal(["first", "closed"], after.Lines);
    }
}
