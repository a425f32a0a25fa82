using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>A dropped call that is awaited where it stands.</summary>
public class DroppedTaskFixAwaitTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    [Fact]
    public Task Awaits_a_dropped_call_where_the_compiler_warns() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await StoreAsync(order);
                {|CS4014:MailAsync(order)|};
            }

            Task StoreAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await StoreAsync(order);
                await MailAsync(order);
            }

            Task StoreAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Awaits_a_conditional_call_under_a_null_check() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(Shop? other)
            {
                await Task.Yield();
                {|SCOPE101:other?.MailAsync()|};
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(Shop? other)
            {
                await Task.Yield();
                if (other != null)
                {
                    await other.MailAsync();
                }
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("other?.Next.MailAsync()", "other.Next.MailAsync()")]
    [InlineData("other?[0].MailAsync()", "other[0].MailAsync()")]
    [InlineData("other?[0].MailToAsync(third?.Name)", "other[0].MailToAsync(third?.Name)")]
    [InlineData("other?.MailToAsync(third?.Name).ConfigureAwait(true)",
        "other.MailToAsync(third?.Name).ConfigureAwait(true)")]
    public Task Awaits_the_end_of_a_chain_under_a_null_check(string before, string after) => Fixes(
        Chain($"{{|SCOPE101:{before}|}};"),
        Chain(
            $$"""
            if (other != null)
                    {
                        await {{after}};
                    }
            """));

    [Theory]
    [InlineData("{|SCOPE101:other?.Maybe?.MailAsync()|};")]
    [InlineData("{|SCOPE101:other?[0]?.MailAsync()|};")]
    [InlineData("{|SCOPE101:Maybe?.MailAsync()|};")]
    [InlineData("{|SCOPE101:other!.Maybe?.MailAsync()|};")]
    public Task Awaits_nothing_where_a_chain_may_be_null_twice(string statement) => OffersNoFix(Chain(statement));

    private static string Chain(string statement) =>
        $$"""
        class Shop
        {
            string Name => "";
            Shop Next => this;
            Shop? Maybe => null;
            Shop this[int i] => this;

            async Task PlaceAsync(Shop? other, Shop? third)
            {
                await Task.Yield();
                {{statement}}
            }

            Task MailAsync() => Task.CompletedTask;
            Task MailToAsync(string? name) => Task.CompletedTask;
        }
        """;

    [Fact]
    public Task Keeps_the_style_of_the_other_awaits() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await MailAsync(order).ConfigureAwait(false);
                {|CS4014:MailAsync(order)|};
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await MailAsync(order).ConfigureAwait(false);
                await MailAsync(order).ConfigureAwait(false);
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Awaits_what_was_configured() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await Task.Yield();
                {|CS4014:MailAsync(order).ConfigureAwait(false)|}; // later
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await Task.Yield();
                await MailAsync(order).ConfigureAwait(false); // later
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Awaits_in_a_top_level_program() => Fixes(
        """
        [|MailAsync(1)|];
        Console.WriteLine("sent");

        static Task MailAsync(int order) => Task.CompletedTask;
        """,
        """
        await MailAsync(1);
        Console.WriteLine("sent");

        static Task MailAsync(int order) => Task.CompletedTask;
        """,
        code: Code.Program);

    [Fact]
    public Task Does_not_wait_for_a_call_that_never_ends() => Offers(
        """
        class Worker
        {
            async Task StartAsync()
            {
                await Task.Yield();
                {|CS4014:LoopAsync()|};
                await Task.Yield();
            }

            Task LoopAsync() => ForeverAsync();

            async Task ForeverAsync()
            {
                while (true)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """,
        "Detach it: run it in the background, tracked and with its failure reported");

    [Fact]
    public Task Does_not_await_under_a_lock() => OffersNoFix(
        """
        class Shop
        {
            async Task PlaceAsync(object gate)
            {
                await Task.Yield();
                lock (gate)
                {
                    {|SCOPE101:MailAsync()|};
                }
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        code: Code.WithoutRuntime);

    [Fact]
    public Task Fixes_drops_in_nested_functions() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(List<int> orders)
            {
                await Task.Yield();
                {|CS4014:MailAsync(0)|};
                Func<Task> later = async () =>
                {
                    await Task.Yield();
                    {|CS4014:MailAsync(1)|};
                };
                await later();
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(List<int> orders)
            {
                await Task.Yield();
                await MailAsync(0);
                Func<Task> later = async () =>
                {
                    await Task.Yield();
                    await MailAsync(1);
                };
                await later();
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);
}
