using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE405: loops that pause and ask, and do nothing else.</summary>
public sealed class BusyWaitTests : RuleTests<BusyWaitAnalyzer>
{
    [Theory]
    [InlineData("_done", "_done", "await a 'TaskCompletionSource' that is completed where it changes")]
    [InlineData(
        "_queue.Count > 0",
        "_queue.Count",
        "await 'WaitToReadAsync' of a channel, or a 'SemaphoreSlim' that counts")]
    [InlineData("task.IsCompleted", "task.IsCompleted", "await the task")]
    [InlineData(
        "token.IsCancellationRequested",
        "token.IsCancellationRequested",
        "await 'Task.Delay(Timeout.Infinite, token)'")]
    [InlineData("process.HasExited", "process.HasExited", "await 'WaitForExitAsync'")]
    public Task Says_what_to_wait_for(string condition, string state, string advice) =>
        Reports(
            Async($"while (!({condition})) await [|Task.Delay(10)|];"),
            $"The loop only pauses and asks for '{state}' again; {advice}");

    [Theory]
    [InlineData("while (!_done) { await [|Task.Delay(10, token)|]; }")]
    [InlineData("while (!_done) await [|Task.Yield()|];")]
    [InlineData("while (!_done) await [|Task.Delay(10)|].ConfigureAwait(false);")]
    [InlineData("do { await [|Task.Delay(10)|]; } while (!_done);")]
    [InlineData("for (; !_done;) await [|Task.Delay(10)|];")]
    [InlineData("for (var i = 0; i < 100 && !_done; i++) await [|Task.Delay(10)|];")]
    [InlineData("while (true) { if (_done) break; await [|Task.Delay(10)|]; }")]
    [InlineData("while (true) { await [|Task.Delay(10)|]; if (_done) return; }")]
    [InlineData("while (!_done) { token.ThrowIfCancellationRequested(); await [|Task.Delay(10)|]; }")]
    [InlineData("while (!_done && DateTime.UtcNow < end) await [|Task.Delay(10)|];")]
    [InlineData("while (!Volatile.Read(ref _done)) await [|Task.Delay(10)|];")]
    [InlineData("while (_queue.Any()) await [|Task.Delay(10)|];")]
    [InlineData("while (this.Ready == false) await [|Task.Delay(10)|];")]
    [InlineData("var got = false; Run(() => got = true); while (!got) await [|Task.Delay(10)|];")]
    public Task Reports_a_loop_that_only_asks(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("while (true) await Task.Delay(10);")]
    [InlineData("while (!_done) { Work(); await Task.Delay(10); }")]
    [InlineData("while (!_done) { await Task.Delay(10); await WorkAsync(); }")]
    [InlineData("while (!await ConnectAsync()) await Task.Delay(10);")]
    [InlineData("while (!Connect()) await Task.Delay(10);")]
    [InlineData("while (!System.IO.File.Exists(\"x\")) await Task.Delay(10);")]
    [InlineData("while (!condition()) await Task.Delay(10);")]
    [InlineData("while (_count-- > 0) await Task.Delay(10);")]
    [InlineData("for (var i = 0; i < 10; i++) await Task.Delay(10);")]
    [InlineData("while (DateTime.UtcNow < end) await Task.Delay(10);")]
    [InlineData("while (!_done) Thread.Sleep(10);")]
    [InlineData("while (!_done) await WorkAsync();")]
    [InlineData("while (!_done) { if (Connect()) break; await Task.Delay(10); }")]
    [InlineData("while (!_done) { if (_count > 3) Work(); await Task.Delay(10); }")]
    [InlineData("while (_queue.{|CS1061:Missing|}()) await Task.Delay(10);")]
    [InlineData("await Task.Delay(10);")]
    public Task Ignores_loops_that_do_more(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Ignores_test_methods() => Ignores(
        """
        class FactAttribute : Attribute { }
        class C
        {
            volatile bool _done;
            [Fact]
            public async Task Sets_it() { while (!_done) await Task.Delay(10); }
        }
        """);

    private static string Async(string statements) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            readonly Queue<int> _queue = new();
            bool _done;
            int _count;
            bool Ready { get; set; }

            async Task M(
                Task task, CancellationToken token, System.Diagnostics.Process process, Func<bool> condition, DateTime end)
            {
                {{statements}}
            }

            void Work() { }
            void Run(Action action) { }
            bool Connect() => _done = true;
            Task WorkAsync() => Task.CompletedTask;
            Task<bool> ConnectAsync() => Task.FromResult(true);
        }
        """;
}
