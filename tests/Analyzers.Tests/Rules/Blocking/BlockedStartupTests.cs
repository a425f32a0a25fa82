using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE208: hosted services that keep their host from starting.</summary>
public sealed class BlockedStartupTests : RuleTests<BlockedStartupAnalyzer>
{
    [Fact]
    public Task Says_that_the_body_never_awaits() => Reports(
        Background("[|while|] (!token.IsCancellationRequested) { Thread.Sleep(1); }"),
        "'ExecuteAsync' loops without an 'await', and the host does not start before: "
        + "begin with 'await Task.Yield()', or run it with 'Task.Run'");

    [Fact]
    public Task Says_whose_loop_the_start_waits_for() => Reports(
        Service("Task", "await [|PollAsync(token)|];"),
        "'StartAsync' awaits 'PollAsync', which loops until the host stops, and the host does not start before: "
        + "begin with 'await Task.Yield()', or run it with 'Task.Run'");

    [Theory]
    [InlineData("[|while|] (true) { Work(); }")]
    [InlineData("[|for|] (;;) { Work(); }")]
    [InlineData("Work(); [|while|] (true) { Func<Task> f = async () => await Task.Yield(); Work(); }")]
    [InlineData("[|foreach|] (var item in queue.GetConsumingEnumerable(token)) { await Task.Delay(item); }")]
    [InlineData("while (true) { var item = [|queue.Take(token)|]; await Task.Delay(item); }")]
    [InlineData("[|signal.WaitOne()|]; await Task.Yield();")]
    public Task Reports_what_comes_before_the_first_await(string statements) => Reports(Background(statements));

    [Theory]
    [InlineData("await Task.Yield(); while (true) { Work(); }")]
    [InlineData("while (true) { await Task.Delay(1, token); Work(); }")]
    [InlineData("while (true) { Work(); await Task.Delay(1, token); }")]
    [InlineData("while (true) { Work(); if (token.IsCancellationRequested) break; }")]
    [InlineData("while (true) { Work(); if (token.IsCancellationRequested) return; }")]
    [InlineData("for (var i = 0; i < 3; i++) { Work(); } await Task.Yield();")]
    [InlineData("await Task.Run(() => { while (true) { Work(); } });")]
    [InlineData("await foreach (var item in Read()) { queue.Take(); }")]
    [InlineData("Thread.Sleep(1); await Task.Yield();")]
    [InlineData("signal.WaitOne(0); await Task.Yield();")]
    public Task Ignores_what_gives_the_thread_back(string statements) => Ignores(Background(statements));

    [Theory]
    [InlineData("[|while|] (!token.IsCancellationRequested) { await Task.Delay(1, token); }")]
    [InlineData("[|while|] (true) { await Task.Delay(1, token); }")]
    public Task Reports_a_start_that_never_ends(string statements) => Reports(Service("Task", statements));

    [Fact]
    public Task Reports_a_start_that_returns_its_loop() => Reports(
        Service("Task", "return [|PollAsync(token)|];").Replace("async Task StartAsync", "Task StartAsync"));

    [Theory]
    [InlineData("_ = PollAsync(token); await Task.Yield();")]
    [InlineData("_polling = Task.Run(() => PollAsync(token)); await Task.Yield();")]
    [InlineData("while (true) { if (await OpenAsync()) return; }")]
    [InlineData("while (true) { if (await OpenAsync()) break; }")]
    [InlineData("await OpenAsync();")]
    public Task Ignores_a_start_that_ends(string statements) => Ignores(Service("Task", statements));

    [Fact]
    public Task Ignores_methods_of_that_name_that_no_host_calls() => Ignores(
        "class C { async Task StartAsync(CancellationToken token) { while (true) await Task.Delay(1, token); } "
        + "async Task ExecuteAsync() { while (true) { } } }");

    private static string Background(string statements) => Hosting +
        $$"""

        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            readonly System.Collections.Concurrent.BlockingCollection<int> queue = new();
            readonly ManualResetEvent signal = new(false);
            void Work() { }
            static async IAsyncEnumerable<int> Read() { await Task.Yield(); yield return 1; }

            protected override async Task ExecuteAsync(CancellationToken token)
            {
                {{statements}}
            }
        }
        """;

    private static string Service(string result, string statements) => Hosting +
        $$"""

        class Worker : Microsoft.Extensions.Hosting.IHostedService
        {
            Task? _polling;
            Task<bool> OpenAsync() => Task.FromResult(true);
            async Task PollAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested) await Task.Delay(1, token);
            }

            public async {{result}} StartAsync(CancellationToken token)
            {
                {{statements}}
            }

            public Task StopAsync(CancellationToken token) => _polling ?? Task.CompletedTask;
        }
        """;

    private const string Hosting =
        """
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService
            {
                Task StartAsync(CancellationToken token);
                Task StopAsync(CancellationToken token);
            }

            public abstract class BackgroundService : IHostedService
            {
                protected abstract Task ExecuteAsync(CancellationToken token);
                public virtual Task StartAsync(CancellationToken token) => ExecuteAsync(token);
                public virtual Task StopAsync(CancellationToken token) => Task.CompletedTask;
            }
        }
        """;
}
