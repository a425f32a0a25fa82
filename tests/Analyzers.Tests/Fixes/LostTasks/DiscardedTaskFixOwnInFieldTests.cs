using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>The plan that gives a type a group of its own for the work that it lets go.</summary>
public sealed class DiscardedTaskFixOwnInFieldTests : RuleTests<DiscardedTaskAnalyzer, DiscardedTaskFix>
{
    [Fact]
    public Task Opens_the_group_with_the_object_and_ends_it_with_the_object() => Fixes(
        """
        using ScopedTasks;

        public class Sender : IAsyncDisposable
        {
            private readonly CancellationTokenSource _stop = new();

            public void Send(int id)
            {
                _ = [|SendAsync(id)|];
            }

            public async ValueTask DisposeAsync()
            {
                _stop.Cancel();
                _stop.Dispose();
                await Task.Yield();
            }

            private Task SendAsync(int id) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        public class Sender : IAsyncDisposable
        {
            private readonly TaskGroup _group = TaskGroup.Open(TaskGroupOptions.Supervise);
            private readonly CancellationTokenSource _stop = new();

            public void Send(int id)
            {
                _group.Spawn(ct => SendAsync(id));
            }

            public async ValueTask DisposeAsync()
            {
                _stop.Cancel();
                _group.Cancel();
                await _group.DisposeAsync();
                _stop.Dispose();
                await Task.Yield();
            }

            private Task SendAsync(int id) => Task.CompletedTask;
        }
        """,
        title: "Spawn it in a task group that 'Sender' owns");

    [Fact]
    public Task Opens_the_group_at_each_start_of_what_can_be_stopped() => Fixes(
        """
        using ScopedTasks;

        public class Worker
        {
            public Task StartAsync(CancellationToken cancellationToken)
            {
                Console.WriteLine("starts");
                _ = [|LoopAsync(cancellationToken)|];
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken stopping) => Task.CompletedTask;

            private async Task LoopAsync(CancellationToken ct) { while (true) await Task.Delay(1, ct); }
        }
        """,
        """
        using ScopedTasks;

        public class Worker
        {
            private TaskGroup? _group;

            public Task StartAsync(CancellationToken cancellationToken)
            {
                Console.WriteLine("starts");
                _group = TaskGroup.Open(TaskGroupOptions.Supervise);
                _group.Spawn(ct => LoopAsync(ct));
                return Task.CompletedTask;
            }

            public async Task StopAsync(CancellationToken stopping)
            {
                if (_group != null)
                {
                    _group.Cancel();
                    await _group.DisposeAsync().AsTask().WaitAsync(stopping);
                }
            }

            private async Task LoopAsync(CancellationToken ct) { while (true) await Task.Delay(1, ct); }
        }
        """);

    [Theory]
    [InlineData("public void Send() { _ = [|SendAsync()|]; }")]
    [InlineData("public void Send() { _ = [|SendAsync()|]; } public void Dispose() { }")]
    [InlineData(
        "public static void Send() { _ = [|Task.Run(() => { })|]; } public async Task StopAsync() { "
        + "await SendAsync(); }")]
    [InlineData("public async Task StopAsync() { _ = [|SendAsync()|]; await Task.Yield(); }")]
    [InlineData("public void Send() { _ = [|SendAsync()|]; } public async Task StopAsync() { await Task.Yield(); }")]
    [InlineData(
        "public void Send() { _ = [|LoopAsync()|]; } "
        + "public async ValueTask DisposeAsync() { await Task.Yield(); }")]
    [InlineData("public void Start() { _ = [|EndAsync()|]; } public async Task StopAsync() { await Task.Yield(); }")]
    [InlineData(
        "public void Send() { using var s = new System.IO.MemoryStream(); _ = [|CopyAsync(s)|]; } "
        + "public async ValueTask DisposeAsync() { await Task.Yield(); }")]
    public Task Gives_no_group_to_a_type_that_cannot_end_it(string members) => OffersNoFix(
        $$"""
        using ScopedTasks;

        public class Sender
        {
            {{members}}

            private Task SendAsync() => Task.CompletedTask;
            private async Task LoopAsync() { while (true) await Task.Delay(1); }
            private Task CopyAsync(System.IO.Stream stream) => Task.CompletedTask;
            {{(members.Contains("EndAsync") ? "private Task EndAsync() => StopAsync();" : "")}}
        }
        """,
        plan: "OwnInField");
}
