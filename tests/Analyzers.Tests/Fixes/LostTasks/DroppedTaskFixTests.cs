using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>SCOPE101: what the plans of a dropped call have in common: tokens, names, their order.</summary>
public class DroppedTaskFixTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    [Fact]
    public Task Gives_the_child_its_token_through_an_overload() => Fixes(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order)|];

            Task MailAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => MailAsync(order, ct));

            Task MailAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Names_the_token_behind_other_optional_parameters() => Fixes(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order)|];

            Task MailAsync(int order, bool urgent = false, CancellationToken stop = default) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => MailAsync(order, stop: ct));

            Task MailAsync(int order, bool urgent = false, CancellationToken stop = default) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Leaves_a_token_of_none_alone() => Fixes(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order, CancellationToken.None)|];

            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => MailAsync(order, CancellationToken.None));

            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Puts_the_preferred_fix_first() => Offers(
        """
        class Shop
        {
            async Task PlaceAsync()
            {
                {|CS4014:MailAsync()|};
                await Task.Yield();
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        Code.Default with { EditorConfig = "scoped_tasks.preferred_fix.SCOPE101 = run_in_group" },
        "Run in a task group (waits for it; failures come out at the end)",
        "Await it",
        "Detach it: run it in the background, tracked and with its failure reported");

    [Fact]
    public Task Qualifies_a_name_that_an_import_would_make_ambiguous() => Fixes(
        """
        using Threads;

        namespace Threads
        {
            public static class BackgroundTasks { }
        }

        namespace App
        {
            class Shop
            {
                Type Place()
                {
                    [|MailAsync()|];
                    return typeof(BackgroundTasks);
                }

                Task MailAsync() => Task.CompletedTask;
            }
        }
        """,
        """
        using Threads;

        namespace Threads
        {
            public static class BackgroundTasks { }
        }

        namespace App
        {
            class Shop
            {
                Type Place()
                {
                    ScopedTasks.BackgroundTasks.Spawn(ct => MailAsync());
                    return typeof(BackgroundTasks);
                }

                Task MailAsync() => Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Leaves_the_outer_token_in_handlers_and_where_it_is_kept() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(CancellationToken ct)
            {
                {|CS4014:MailAsync(ct)|};
                var kept = ct;
                while (!ct.IsCancellationRequested)
                {
                    try
                    {
                        await SaveAsync(ct);
                    }
                    catch (InvalidOperationException)
                    {
                        await SaveAsync(ct);
                    }
                    finally
                    {
                        await SaveAsync(ct);
                    }

                    Func<Task> later = () => SaveAsync(ct);
                    await later();
                }
            }

            Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => MailAsync(ct));
                    var kept = ct;
                    while (!group.CancellationToken.IsCancellationRequested)
                    {
                        try
                        {
                            await SaveAsync(group.CancellationToken);
                        }
                        catch (InvalidOperationException)
                        {
                            await SaveAsync(ct);
                        }
                        finally
                        {
                            await SaveAsync(ct);
                        }

                        Func<Task> later = () => SaveAsync(ct);
                        await later();
                    }
                }, TaskGroupOptions.Collect, ct);
            }

            Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Passes_the_token_to_an_extension_method_by_position() => Fixes(
        """
        public class Shop
        {
            void Place(int order) => [|this.MailAsync(order)|];
        }

        static class Mails
        {
            public static Task MailAsync(this Shop shop, int order, CancellationToken cancellationToken = default) =>
                Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        public class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => this.MailAsync(order, ct));
        }

        static class Mails
        {
            public static Task MailAsync(this Shop shop, int order, CancellationToken cancellationToken = default) =>
                Task.CompletedTask;
        }
        """);
}
