using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE407: work of a loop that reads a variable when the loop has changed it.</summary>
public sealed class CapturedLoopVariableTests : RuleTests<CapturedLoopVariableAnalyzer>
{
    [Fact]
    public Task Says_what_runs_the_work() =>
        Reports(
            Async("for (var i = 0; i < 9; i++) tasks.Add(Task.Run(() => Use([|i|])));"),
            "'i' is read when 'Task.Run' runs it, and by then the loop may have changed it; copy it inside the loop");

    [Fact]
    public Task Says_that_the_read_comes_after_an_await() =>
        Reports(
            Async(
                """
                await TaskGroup.RunAsync(async group =>
                {
                    for (var i = 0; i < 9; i++)
                        group.Spawn(async ct => { await Task.Yield(); Use([|i|]); });
                    await Task.Yield();
                });
                """),
            "'i' is read after an 'await' of work that the loop does not wait for, and by then the loop may have "
            + "changed it; copy it inside the loop");

    [Theory]
    [InlineData("_ = Task.Run(() => Use([|i|]));")]
    [InlineData("_ = Task.Run(() => UseAsync([|i|]));")]
    [InlineData("_ = Task.Run(async () => await UseAsync([|i|]));")]
    [InlineData("_ = Task.Run(delegate { Use([|i|]); Use(i); });")]
    [InlineData("tasks.Add(Task.Run(() => Use(list[[|i|]])));")]
    [InlineData("tasks.Add(Task.Run(() => { var copy = [|i|]; Use(copy); }));")]
    [InlineData("tasks[i] = Task.Run(() => Use([|i|]));")]
    [InlineData("_ = Task.Factory.StartNew(() => Use([|i|]));")]
    [InlineData("_ = Task.Factory.StartNew(() => Use([|i|]), TaskCreationOptions.LongRunning);")]
    [InlineData("new Task(() => Use([|i|])).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Use([|i|]));")]
    [InlineData("ThreadPool.QueueUserWorkItem(state => Use((int)state! + [|i|]), 1);")]
    [InlineData("new Thread(() => Use([|i|])).Start();")]
    [InlineData("var thread = new Thread(() => Use([|i|])); thread.Start();")]
    [InlineData("Action work = () => Use([|i|]); tasks.Add(Task.Run(work));")]
    [InlineData("Action work; work = () => Use([|i|]); tasks.Add(Task.Run(work));")]
    [InlineData("void Work() => Use([|i|]); tasks.Add(Task.Run(Work));")]
    [InlineData("void Work() => Use([|i|]); tasks.Add(Task.Run(() => Work()));")]
    [InlineData("async Task Work() { await Task.Yield(); Use([|i|]); } tasks.Add(Work());")]
    [InlineData("Func<Task> work = async () => { await Task.Yield(); Use([|i|]); }; tasks.Add(work());")]
    [InlineData("tasks.Add(flag ? Task.Run(() => Use([|i|])) : Task.CompletedTask);")]
    [InlineData("tasks.Add(Task.Run(flag ? () => Use([|i|]) : () => Use(0)));")]
    [InlineData("if (flag) { _ = Task.Run(() => Use([|i|])); continue; }")]
    [InlineData("list.ForEach(x => tasks.Add(Task.Run(() => Use(x + [|i|]))));")]
    [InlineData("list.ForEach(async x => { await UseAsync(x); Use([|i|]); });")]
    [InlineData("foreach (var x in list) _ = Task.Run(() => Use(x + [|i|]));")]
    [InlineData("_ = UseAsync(i).ContinueWith(done => Use([|i|]));")]
    [InlineData("_ = Task.Run(() => Task.Run(() => Use([|i|])));")]
    [InlineData("group.SpawnOnThreadPool(ct => Use([|i|]));")]
    [InlineData("group.Spawn(ct => UseAsync([|i|]));")]
    [InlineData("_ = group.Run(ct => UseAsync([|i|]));")]
    [InlineData("group.Spawn(async ct => { await Task.Yield(); await UseAsync([|i|]); });")]
    [InlineData("group.Spawn(async ct => { while (flag) await UseAsync([|i|]); });")]
    [InlineData("await group.SpawnAsync(async ct => { await Task.Yield(); Use([|i|]); });")]
    [InlineData("BackgroundTasks.Spawn(async ct => { await UseAsync(i); Use([|i|]); });")]
    [InlineData("BackgroundTasks.Spawn(ct => Task.Run(() => Use([|i|])));")]
    [InlineData("BackgroundTasks.Spawn(async ct => { await foreach (var x in Stream(i)) Use([|i|]); });")]
    [InlineData("var task = Task.Run(() => Use([|i|])); tasks.Add(task); if (flag) await task;")]
    [InlineData("var task = Task.Run(() => Use([|i|])); await Task.Delay(i);")]
    public Task Reports_a_for_variable_that_is_read_later(string statement) =>
        Reports(Async($"for (var i = 0; i < list.Count; i++) {{ {statement} }}"));

    [Theory]
    [InlineData("var n = 0; foreach (var x in list) { n++; _ = Task.Run(() => Use(n)); }", "n))")]
    [InlineData("var n = 0; foreach (var x in list) { _ = Task.Run(() => Use(n)); n += x; }", "n))")]
    [InlineData("string? s; while ((s = Read()) != null) _ = Task.Run(() => Use(s));", "s))")]
    [InlineData("string? s = Read(); do { _ = Task.Run(() => Use(s)); s = Read(); } while (s != null);", "s))")]
    [InlineData("int n; while (queue.TryDequeue(out n)) _ = Task.Run(() => Use(n));", "n))")]
    [InlineData("int a, b; while (flag) { (a, b) = Pair(); _ = Task.Run(() => Use(a)); }", "a))")]
    [InlineData("while (count-- > 0) _ = Task.Run(() => Use(count));", "count))")]
    [InlineData("for (int i = 0, j = 9; i < j; i++, j--) _ = Task.Run(() => Use(j));", "j))")]
    [InlineData("string? s = null; while (flag) { s ??= Read(); _ = Task.Run(() => Use(s)); s = null; }", "s))")]
    [InlineData("await foreach (var x in Stream(1)) { last = x; _ = Task.Run(() => Use(last)); }", "last))")]
    [InlineData("for (var i = 0; i < 9; i++) for (var j = 0; j < 9; j++) _ = Task.Run(() => Use(i));", "i))")]
    [InlineData("for (var i = 0; i < 9;) { _ = Task.Run(() => Use(i)); i++; }", "i))")]
    [InlineData("Action a = () => { for (var i = 0; i < 9; i++) Task.Run(() => Use(i)); }; a();", "i))")]
    [InlineData("void Go() { for (var i = 0; i < 9; i++) Task.Run(() => Use(i)); } Go();", "i))")]
    public Task Reports_whatever_the_loop_changes(string statements, string read) =>
        Reports(Async(statements.Replace(
            $"Use({read}", $"Use([|{read.Substring(0, read.Length - 2)}|]))")));

    [Theory]
    [InlineData("var copy = i; _ = Task.Run(() => Use(copy));")]
    [InlineData("await Task.Run(() => Use(i));")]
    [InlineData("await Task.Run(() => Use(i)).ConfigureAwait(false);")]
    [InlineData("Task.Run(() => Use(i)).Wait();")]
    [InlineData("Task.Run(() => Use(i)).GetAwaiter().GetResult();")]
    [InlineData("var task = Task.Run(() => Use(i)); await task;")]
    [InlineData("var task = Task.Run(() => Use(i)); if (flag) Use(1); await Task.WhenAll(task, Task.Delay(1));")]
    [InlineData("var some = new List<Task>(); some.Add(Task.Run(() => Use(i))); await Task.WhenAll(some);")]
    [InlineData("var some = new List<Task>(); some.Add(Task.Run(() => Use(i))); foreach (var t in some) await t;")]
    [InlineData("foreach (var x in list) tasks.Add(Task.Run(() => Use(i + x))); await Task.WhenAll(tasks);")]
    [InlineData("list.ForEach(x => tasks.Add(Task.Run(() => Use(i + x)))); await Task.WhenAll(tasks);")]
    [InlineData("var task = Task.Run(() => Use(i)); try { Use(1); } finally { await task; }")]
    [InlineData("var task = Task.Run(() => Use(i)); var all = Task.WhenAll(task, UseAsync(2)); await all;")]
    [InlineData("_task = Task.Run(() => Use(i)); await _task;")]
    [InlineData("await Task.WhenAny(Task.Run(() => Use(i)), Task.Delay(1));")]
    [InlineData("await Task.WhenAll(list.Select(x => Task.Run(() => Use(x + i))));")]
    [InlineData("var thread = new Thread(() => Use(i)); thread.Start(); thread.Join();")]
    [InlineData(
        "var done = new TaskCompletionSource(); _ = Task.Run(() => { Use(i); done.SetResult(); }); await done.Task;")]
    [InlineData("_ = Task.Run(() => { Use(i); gate.Release(); }); await gate.WaitAsync();")]
    [InlineData("_ = Task.Run(() => Use(i)); break;")]
    [InlineData("_ = Task.Run(() => Use(i)); return;")]
    [InlineData("if (flag) { _ = Task.Run(() => Use(i)); return; }")]
    [InlineData("_ = Task.Factory.StartNew(state => Use((int)state!), i);")]
    [InlineData("ThreadPool.QueueUserWorkItem(Use, i, false);")]
    [InlineData("tasks.Add(UseAsync(i));")]
    [InlineData("tasks.Add(Task.Run(() => Use(nameof(i))));")]
    [InlineData("Parallel.For(0, 9, x => Use(x + i));")]
    [InlineData("Parallel.Invoke(() => Use(i), () => Use(i));")]
    [InlineData("list.ForEach(x => Use(x + i));")]
    [InlineData("Use(list.Count(x => x == i));")]
    [InlineData("async Task Work() { await Task.Yield(); Use(i); } await Work();")]
    [InlineData("async Task Work() { Use(i); await Task.Yield(); } tasks.Add(Work());")]
    [InlineData("void Work() => Use(i); Work();")]
    [InlineData("Register(() => Use(i));")]
    [InlineData("BackgroundTasks.Spawn(ct => UseAsync(i));")]
    [InlineData("BackgroundTasks.Spawn(async ct => await UseAsync(i));")]
    [InlineData("BackgroundTasks.Spawn(async ct => { if (flag) await UseAsync(i); else Use(i); });")]
    [InlineData("BackgroundTasks.Spawn(async ct => { foreach (var x in list.Skip(i)) await UseAsync(x); });")]
    [InlineData("BackgroundTasks.Spawn(async ct => { await Task.Run(() => Use(1)); });")]
    [InlineData("await group.SpawnAsync(ct => UseAsync(i));")]
    [InlineData("await TaskGroup.RunAsync(async g => { await Task.Yield(); g.SpawnOnThreadPool(ct => Use(i)); });")]
    [InlineData("await using var g = TaskGroup.Open(); g.SpawnOnThreadPool(ct => Use(i)); await g.CompleteAsync();")]
    [InlineData("await TaskGroup.RunAsync(g => { foreach (var x in list) g.SpawnOnThreadPool(ct => Use(i)); });")]
    public Task Ignores_a_read_that_sees_the_right_value(string statement) =>
        Ignores(Async($"for (var i = 0; i < list.Count; i++) {{ {statement} }}"));

    [Theory]
    [InlineData("foreach (var x in list) _ = Task.Run(() => Use(x));")]
    [InlineData("await foreach (var x in Stream(1)) _ = Task.Run(() => Use(x));")]
    [InlineData("foreach (var (x, y) in list.Zip(list)) _ = Task.Run(() => Use(x));")]
    [InlineData("while (queue.TryDequeue(out var x)) _ = Task.Run(() => Use(x));")]
    [InlineData("while (Read() is { } x) _ = Task.Run(() => Use(x));")]
    [InlineData("while (flag) { var x = Read(); _ = Task.Run(() => Use(x)); }")]
    [InlineData("for (;queue.TryDequeue(out var x);) _ = Task.Run(() => Use(x));")]
    [InlineData("var n = 1; foreach (var x in list) _ = Task.Run(() => Use(n));")]
    [InlineData("var n = 1; n++; foreach (var x in list) _ = Task.Run(() => Use(n));")]
    [InlineData("var n = 1; foreach (var x in list) _ = Task.Run(() => Interlocked.Increment(ref n));")]
    [InlineData("var n = 1; foreach (var x in list) { n++; _ = Task.Run(() => n--); }")]
    [InlineData("var n = 1; _ = Task.Run(() => Use(n)); n = 2;")]
    [InlineData(
        "var stop = false; foreach (var x in list) { _ = Task.Run(() => { while (!stop) Use(x); }); stop = true; }")]
    [InlineData("Task t = Task.CompletedTask; foreach (var x in list) t = Task.Run(() => Use(t));")]
    public Task Ignores_what_each_turn_has_for_itself(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("TaskGroup.RunAsync(g => { for (var i = 0; i < 9; i++) g.Spawn(ct => UseAsync(i)); })")]
    [InlineData("TaskGroup.RunAsync(g => { for (var i = 0; i < 9; i++) g.Spawn(ct => UseAsync(i)); }, token)")]
    [InlineData(
        "TaskGroup.RunAsync(g => { for (var i = 0; i < 9; i++) g.Spawn(ct => UseAsync(i)); }, "
        + "TaskGroupOptions.Collect)")]
    [InlineData("TaskGroup.RunAsync(g => { for (var i = 0; i < 9; i++) g.Spawn(async ct => await UseAsync(i)); })")]
    public Task Ignores_inline_reads_in_a_group_without_a_limit(string call) => Ignores(Async($"await {call};"));

    [Theory]
    [InlineData("new TaskGroupOptions { MaxConcurrency = 4 }")]
    [InlineData("options")]
    public Task Reports_them_where_the_group_may_queue(string options) =>
        Reports(Async(
            "await TaskGroup.RunAsync(g => { for (var i = 0; i < 9; i++) g.Spawn(ct => UseAsync([|i|])); }, "
            + options + ");"));

    [Fact]
    public Task Reports_each_variable_once() =>
        Reports(Async(
            "for (int i = 0, j = 0; i < 9; i++, j++) _ = Task.Run(() => { Use([|i|] + [|j|]); Use(i - j); });"));

    [Fact]
    public Task Reports_top_level_code() =>
        Reports(
            "for (var i = 0; i < 9; i++) _ = Task.Run(() => Console.WriteLine([|i|]));",
            Code.Program);

    [Fact]
    public Task Ignores_a_task_that_is_handed_out() =>
        Ignores(
            """
            class C
            {
                IEnumerable<Task> All()
                {
                    for (var i = 0; i < 9; i++) yield return Task.Run(() => Console.WriteLine(i));
                }
            }
            """);

    [Fact]
    public Task Ignores_a_parameter_that_became_a_field() =>
        Ignores(
            """
            class C
            {
                int count;
                void M() { while (count-- > 0) _ = Task.Run(() => Console.WriteLine(count)); }
            }
            """);

    private static string Async(string statements) =>
        $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using ScopedTasks;

        class C
        {
            Task? _task;

            async Task M(
                List<int> list, List<Task> tasks, ConcurrentQueue<int> queue, TaskGroup group, TaskGroupOptions options,
                SemaphoreSlim gate, CancellationToken token, bool flag, int count, int last)
            {
                {{statements}}
                await Task.Yield();
            }

            void Use(object? value) { }
            void Use(int value) { }
            Task UseAsync(int value) => Task.CompletedTask;
            string? Read() => null;
            (int, int) Pair() => (1, 2);
            void Register(Action action) { }
            async IAsyncEnumerable<int> Stream(int count) { await Task.Yield(); yield return count; }
        }
        """;
}
