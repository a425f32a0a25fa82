using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE102: work that is let go on purpose.</summary>
public sealed class DiscardedTaskTests : RuleTests<DiscardedTaskAnalyzer>
{
    [Fact]
    public Task Reports_a_discard() =>
        Reports(
            Async("_ = [|service.SendAsync(1)|]; await Task.Yield();"),
            "'SendAsync' is started and let go: nobody waits for it, and its failure is lost; run it in a task group");

    [Fact]
    public Task Reports_a_discard_in_code_that_is_not_async() =>
        Reports(
            Sync("_ = [|service.SendAsync(1)|];"),
            "'SendAsync' is started and let go: nobody waits for it, and its failure is lost; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Fact]
    public Task Reports_a_drop_where_the_compiler_was_silenced_though_it_would_not_have_spoken() =>
        Reports(
            """
            class Shop
            {
                void Place()
                {
            #pragma warning disable CS4014
                    [|SendAsync()|];
            #pragma warning restore CS4014
                }

                Task SendAsync() => Task.CompletedTask;
            }
            """);

    [Fact]
    public Task Ignores_a_drop_where_the_compiler_was_silenced_and_would_have_spoken() =>
        Ignores(
            """
            class Shop
            {
                async Task PlaceAsync()
                {
            #pragma warning disable CS4014
                    SendAsync();
            #pragma warning restore CS4014
                    await Task.Yield();
                }

                Task SendAsync() => Task.CompletedTask;
            }
            """);

    [Fact]
    public Task Reports_a_start_on_the_pool() =>
        Reports(
            Async("_ = [|Task.Run(() => service.SendAsync(1))|]; await Task.Yield();"),
            "'Task.Run' is started and let go: nobody waits for it, and its failure is lost; run it in a task group");

    [Theory]
    [InlineData("_ = [|Task.Run(() => service.SendAsync(1))|];")]
    [InlineData("_ = [|Task.Factory.StartNew(() => { }, TaskCreationOptions.LongRunning)|];")]
    [InlineData("_ = [|service.SaveAsync()|];")]
    [InlineData("_ = [|service.LoadAsync()|];")]
    [InlineData("_ = [|service.SaveAsync()|].AsTask();")]
    [InlineData("_ = [|service.SendAsync(1)|].ConfigureAwait(false);")]
    [InlineData("_ = [|service?.SendAsync(1)|];")]
    [InlineData("_ = (Task)[|service.LoadAsync()|];")]
    [InlineData("_ = flag ? [|service.SendAsync(1)|] : [|service.SendAsync(2)|];")]
    [InlineData("_ = flag ? [|service.SendAsync(1)|] : Task.CompletedTask;")]
    [InlineData("_ = [|service?.SendAsync(1)|] ?? Task.CompletedTask;")]
    [InlineData("_ = flag switch { true => [|service.SendAsync(1)|], false => [|service.LoadAsync()|] };")]
    [InlineData("_ = [|service.SendAsync(1)|].ContinueWith(_ => Console.WriteLine());")]
    [InlineData("_ = [|Task.WhenAll(service.SendAsync(1), service.SendAsync(2))|];")]
    [InlineData("var _ = [|handle(1)|];")]
    [InlineData("var ignored = [|handle(1)|];")]
    [InlineData("_ = [|handle(1)|];")]
    [InlineData("_ = [|handle?.Invoke(1)|];")]
    [InlineData("Action a = () => _ = [|service.SendAsync(1)|]; a();")]
    [InlineData("void Local() => _ = [|service.SendAsync(1)|]; Local();")]
    [InlineData("using (new MemoryStream()) { _ = [|service.SendAsync(1)|]; }")]
    [InlineData("try { _ = [|service.SendAsync(1)|]; } catch { }")]
    public Task Reports_every_shape_of_a_discard(string statement) => Reports(Sync(statement));

    [Fact]
    public Task Reports_a_discard_in_top_level_statements() =>
        Reports("_ = [|Task.Run(() => { })|]; await Task.Yield();", Code.Program);

    [Fact]
    public Task Reports_a_discard_in_an_async_void_method() =>
        Reports(Member("async void M(IService service) { _ = [|service.SendAsync(1)|]; await Task.Yield(); }"));

    [Fact]
    public Task Reports_the_queue_of_the_pool_in_async_code() =>
        Reports(
            Async("[|ThreadPool.QueueUserWorkItem(_ => Console.WriteLine())|]; await Task.Yield();"),
            "'QueueUserWorkItem' is started and let go: nobody waits for it, and its failure ends the process; "
            + "run it in a task group");

    [Theory]
    [InlineData("() => { try { service.LoadAsync().Wait(); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData("async () => { try { await service.LoadAsync(); } catch { } }")]
    public Task Does_not_speak_of_failures_where_all_are_caught(string body) =>
        Reports(
            Sync($"_ = [|Task.Run({body})|];"),
            "'Task.Run' is started and let go: nobody waits for it, and it may be cut off at any time; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Fact]
    public Task Speaks_of_failures_where_some_are_caught() =>
        Reports(
            Sync("_ = [|Task.Run(() => { try { service.LoadAsync().Wait(); } catch (TimeoutException) { } })|];"),
            "'Task.Run' is started and let go: nobody waits for it, and its failure is lost; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Fact]
    public Task Reports_a_new_thread_in_async_code() =>
        Reports(Async("[|new Thread(() => Console.WriteLine()).Start()|]; await Task.Yield();"));

    [Fact]
    public Task Reports_a_new_thread_with_an_initializer_in_async_code() =>
        Reports(Member("Task M() { [|new Thread(() => { }) { Name = \"x\" }.Start()|]; return Task.Delay(1); }"));

    [Theory]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Console.WriteLine());")]
    [InlineData("new Thread(() => Console.WriteLine()).Start();")]
    [InlineData("var thread = new Thread(() => { }); thread.Start(); thread.Join();")]
    public Task Ignores_threads_in_code_that_is_not_async(string statement) => Ignores(Sync(statement));

    [Fact]
    public Task Ignores_a_thread_that_is_kept() =>
        Ignores(Async("var thread = new Thread(() => { }); thread.Start(); await Task.Yield(); thread.Join();"));

    [Fact]
    public Task Ignores_a_start_that_is_not_a_threads() =>
        Ignores("using System.Diagnostics; class C { async Task M() { Process.Start(\"x\"); await Task.Yield(); } }");

    [Theory]
    [InlineData("_ = given;")]
    [InlineData("_ = given.ConfigureAwait(false);")]
    [InlineData("_ = given.ContinueWith(_ => Console.WriteLine());")]
    [InlineData("_ = new TaskCompletionSource().Task;")]
    [InlineData("_ = Task.Delay(1);")]
    [InlineData("_ = Task.CompletedTask;")]
    [InlineData("_ = Task.FromResult(1);")]
    [InlineData("_ = Task.FromException(new Exception());")]
    [InlineData("_ = ValueTask.FromResult(1);")]
    [InlineData("_ = service.LoadAsync().Result;")]
    [InlineData("_ = service.SendAsync(1).ContinueWith(t => Console.WriteLine(t.Exception));")]
    [InlineData("_ = service.SendAsync(1).ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("_ = int.TryParse(\"1\", out _);")]
    [InlineData("service.SendAsync(1);")]
    [InlineData("var _ = service.SendAsync(1); Console.WriteLine(_);")]
    [InlineData("(_, var x) = (service.SendAsync(1), 2); Console.WriteLine(x);")]
    public Task Ignores_what_starts_nothing_or_loses_nothing(string statement) => Ignores(Sync(statement));

    [Fact]
    public Task Ignores_an_awaited_discard() =>
        Ignores(Async("_ = await service.LoadAsync(); await (_ = service.SendAsync(1));"));

    [Fact]
    public Task Ignores_a_child_of_a_group() =>
        Ignores(
            """
            using ScopedTasks;
            class C
            {
                Task M() => TaskGroup.RunAsync(group =>
                {
                    _ = group.Run(ct => Task.Delay(1, ct));
                    _ = group.RunOnThreadPool(ct => Console.WriteLine());
                });
            }
            """);

    [Fact]
    public Task Reports_a_group_that_nobody_waits_for() =>
        Reports(
            """
            using ScopedTasks;
            class C
            {
                void M()
                {
                    _ = [|TaskGroup.RunAsync(group => { })|];
                }
            }
            """);

    [Fact]
    public Task Ignores_a_detached_method() =>
        Ignores(
            """
            class C
            {
                [ScopedTasks.Detached] Task LogAsync() => Task.Delay(1);
                void M() { _ = LogAsync(); }
            }
            """);

    [Fact]
    public Task Ignores_a_configured_observer() =>
        Ignores(
            Sync("_ = service.SendAsync(1);"),
            Code.Default with { EditorConfig = "scoped_tasks.observers = SendAsync" });

    [Fact]
    public Task Ignores_a_malformed_observer_beside_a_good_one() =>
        Ignores(
            Sync("_ = service.SendAsync(1);"),
            Code.Default with { EditorConfig = "scoped_tasks.observers = a b c, IService.SendAsync" });

    [Fact]
    public Task Reports_in_old_frameworks() =>
        Reports(
            "using System.Threading.Tasks; class C { void M() { _ = [|Task.Run(() => { })|]; } }",
            Code.Framework);

    private static string Sync(string statements) =>
        Member($"void M(IService service, Task given, bool flag, Func<int, Task> handle) {{ {statements} }}");

    private static string Async(string statements) => Member($"async Task M(IService service) {{ {statements} }}");

    private static string Member(string member) =>
        $$"""
        interface IService
        {
            Task SendAsync(int id);
            Task<int> LoadAsync();
            ValueTask SaveAsync();
        }

        class C
        {
            {{member}}
        }
        """;
}
