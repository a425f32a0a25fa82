using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>A dropped call that nobody around can wait for.</summary>
public class DroppedTaskFixDetachTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    [Fact]
    public Task Detaches_where_nobody_can_wait() => Fixes(
        """
        class Shop
        {
            void Place(int order)
            {
                [|MailAsync(order)|];
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order)
            {
                BackgroundTasks.Spawn(ct => MailAsync(order));
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Imports_nothing_where_that_would_take_a_name() => Fixes(
        """
        class Shop
        {
            Coroutine? _animation;

            void Place(int order)
            {
                [|MailAsync(order)|];
            }

            Task MailAsync(int order) { _animation = null; return Task.CompletedTask; }
        }
        """,
        """
        class Shop
        {
            Coroutine? _animation;

            void Place(int order)
            {
                ScopedTasks.BackgroundTasks.Spawn(ct => MailAsync(order));
            }

            Task MailAsync(int order) { _animation = null; return Task.CompletedTask; }
        }
        """,
        code: Code.Default with
        {
            Sources =
            [
                ("/0/Unity.cs", "global using UnityEngine; namespace UnityEngine { public class Coroutine { } }"),
            ],
        });

    [Fact]
    public Task Offers_nothing_without_the_runtime_where_nothing_is_async() => OffersNoFix(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order)|];

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        code: Code.WithoutRuntime);

    [Fact]
    public Task Does_not_detach_work_from_the_token_of_its_owner() => OffersNoFix(
        """
        class Worker
        {
            void Start(CancellationToken stopping) => [|LoopAsync(stopping)|];

            Task LoopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """,
        plan: "Detach");

    [Fact]
    public Task Detaches_work_from_the_token_of_a_request() => Fixes(
        """
        namespace Microsoft.AspNetCore.Mvc
        {
            public class ControllerBase { }
        }

        namespace Shop
        {
            public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public void Place(CancellationToken cancellationToken)
                {
                    [|MailAsync(cancellationToken)|];
                }

                private Task MailAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            }
        }
        """,
        """
        using ScopedTasks;

        namespace Microsoft.AspNetCore.Mvc
        {
            public class ControllerBase { }
        }

        namespace Shop
        {
            public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public void Place(CancellationToken cancellationToken)
                {
                    BackgroundTasks.Spawn(ct => MailAsync(ct));
                }

                private Task MailAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Does_not_detach_work_from_a_resource_that_is_disposed() => OffersNoFix(
        """
        class Shop
        {
            void Place()
            {
                using var stream = new MemoryStream();
                [|MailAsync(stream)|];
            }

            Task MailAsync(Stream body) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Adopts_work_on_a_thread_of_its_own() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync()
            {
                {|CS4014:Task.Factory.StartNew(() => Compute(), TaskCreationOptions.LongRunning)|};
                await Task.Yield();
            }

            void Compute() { }
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync()
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Track(Task.Factory.StartNew(() => Compute(), TaskCreationOptions.LongRunning));
                    await Task.Yield();
                }, TaskGroupOptions.Collect);
            }

            void Compute() { }
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Does_not_detach_work_from_a_connection() => OffersNoFix(
        """
        class Shop
        {
            void Place(System.Data.IDbConnection connection) => [|SaveAsync(connection)|];

            Task SaveAsync(System.Data.IDbConnection connection) => Task.CompletedTask;
        }
        """);
}
