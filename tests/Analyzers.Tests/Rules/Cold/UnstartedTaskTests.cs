using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE305: tasks that are made with <c>new</c> and never started, and <c>Task.Run</c> for them.</summary>
public sealed class UnstartedTaskTests : RuleTests<UnstartedTaskAnalyzer, UnstartedTaskFix>
{
    [Fact]
    public Task Reports_an_await_of_it() =>
        Reports(
            Async("await [|new Task(Work)|];"),
            "'new Task' is awaited but never started, so the wait never ends; use 'Task.Run'");

    [Fact]
    public Task Reports_a_wait_for_it() =>
        Reports(
            Async("var task = [|new Task<int>(() => 1)|]; Console.WriteLine(task.Result);"),
            "'new Task<int>' is waited for but never started, so the wait never ends; use 'Task.Run'");

    [Fact]
    public Task Reports_a_drop_of_it() =>
        Reports(Async("[|new Task(Work)|];"), "'new Task' is never started, so it never runs; use 'Task.Run'");

    [Fact]
    public Task Reports_that_it_is_handed_to_those_who_await() =>
        Reports(
            Member("Task SaveAsync() => [|new Task(Work)|];"),
            "'new Task' is returned but never started, so whoever awaits it waits for ever; use 'Task.Run'");

    [Fact]
    public Task Reports_a_path_without_a_start() =>
        Reports(
            Async("var task = [|new Task(Work)|]; if (flag) { task.Start(); } await task;"),
            "'new Task' is waited for on a path that does not start it, so the wait never ends; "
            + "start it on every path, or use 'Task.Run'");

    [Theory]
    [InlineData("_ = [|new Task(Work)|];")]
    [InlineData("var task = [|new Task(Work)|];")]
    [InlineData("var task = [|new Task(Work)|]; Console.WriteLine(task.Status);")]
    [InlineData("Task task; task = [|new Task(Work)|]; await task;")]
    [InlineData("Task? task = null; task = [|new Task(Work)|]; await task;")]
    [InlineData("Task task = [|new(Work)|]; await task;")]
    [InlineData("Task task = [|new Task<int>(() => 1)|]; await task;")]
    [InlineData("var task = [|new Task(async () => await Task.Delay(1))|]; await task;")]
    [InlineData("var task = [|new Task<Task>(() => Task.Delay(1))|]; await task.Unwrap();")]
    [InlineData("var task = [|new Task(Work, TaskCreationOptions.LongRunning)|]; await task;")]
    [InlineData("var task = [|new Task(_ => Work(), null)|]; task.Wait();")]
    [InlineData("var task = [|new Task(Work)|]; task.Wait(1000);")]
    [InlineData("var task = [|new Task(Work)|]; await task.ConfigureAwait(false);")]
    [InlineData("var task = [|new Task(Work)|]; task.GetAwaiter().GetResult();")]
    [InlineData("var task = [|new Task(Work)|]; await Task.WhenAll(task, Task.Delay(1));")]
    [InlineData("await Task.WhenAll([|new Task(Work)|], [|new Task(Work)|]);")]
    [InlineData("Task.WaitAll([|new Task(Work)|]);")]
    [InlineData("await [|new Task(Work)|].ContinueWith(t => Work());")]
    [InlineData("var task = [|new Task(Work)|]; while (!task.IsCompleted) { await Task.Delay(1); } await task;")]
    [InlineData("await (flag ? [|new Task(Work)|] : Task.Run(Work));")]
    [InlineData("var task = [|new Task(Work)|]; await task; task.Start();")]
    [InlineData("var task = [|new Task(Work)|]; if (flag) task.Start(); else Work(); await task;")]
    [InlineData("var task = [|new Task(Work)|]; while (flag) { task.Start(); break; } await task;")]
    [InlineData("var task = [|new Task(Work)|]; switch (1) { case 1: task.Start(); break; } await task;")]
    public Task Reports_every_way_to_wait_for_nothing(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("Task SaveAsync() { var task = [|new Task(Work)|]; return task; }")]
    [InlineData("public override Task Save() => [|new Task(Work)|];")]
    [InlineData("Task IContract.Load() { return [|new Task(Work)|]; }")]
    [InlineData("Task<int> LoadAsync() => [|new Task<int>(() => 1)|];")]
    [InlineData("C() { [|new Task(Work)|]; }")]
    [InlineData("int P { get { var task = [|new Task<int>(() => 1)|]; return task.Result; } }")]
    [InlineData("void M() { Action a = () => { [|new Task(Work)|]; }; a(); }")]
    [InlineData("void M() { Local(); async Task Local() { var task = [|new Task(Work)|]; await task; } }")]
    public Task Reports_it_in_every_member(string member) => Reports(Member(member));

    [Theory]
    [InlineData("new Task(Work).Start();")]
    [InlineData("new Task(Work).RunSynchronously();")]
    [InlineData("var task = new Task(Work); task.Start(); await task;")]
    [InlineData("var task = new Task(Work); task.Start(TaskScheduler.Default); await task;")]
    [InlineData("var task = new Task(Work); task.RunSynchronously(); task.Wait();")]
    [InlineData("var task = new Task(Work); task.Start();")]
    [InlineData("var task = new Task(Work); task?.Start(); await task!;")]
    [InlineData("var task = new Task(Work); if (flag) task.Start(); else task.RunSynchronously(); await task;")]
    [InlineData("var task = new Task(Work); if (flag) { task.Start(); } else { return; } await task;")]
    [InlineData("var task = new Task(Work); if (!flag) return; task.Start(); await task;")]
    [InlineData("var task = new Task(Work); if (flag) task.Start(); if (flag) await task;")]
    [InlineData("var task = new Task(Work); try { task.Start(); } finally { Work(); } await task;")]
    [InlineData("var task = new Task(Work); using (new SemaphoreSlim(1)) { task.Start(); } await task;")]
    [InlineData("var task = new Task(Work); lock (this) { task.Start(); } await task;")]
    [InlineData("var task = new Task(Work); do { task.Start(); } while (false); await task;")]
    [InlineData("var task = new Task(Work); switch (1) { case 1: task.Start(); break; default: return; } await task;")]
    [InlineData("var task = flag ? new Task(Work) : Task.Run(Work); if (flag) task.Start(); await task;")]
    [InlineData("var task = new Task(Work); Start(task); await task;")]
    [InlineData("var task = new Task(Work); Action start = () => task.Start(); start(); await task;")]
    [InlineData("var task = new Task(Work); field = task; await task;")]
    [InlineData("var task = new Task(Work); list.Add(task); list.ForEach(t => t.Start()); await task;")]
    [InlineData("var task = new Task(Work); var same = task; same.Start(); await task;")]
    [InlineData("var task = new Task(Work); task = Task.Run(Work); await task;")]
    [InlineData("Start(new Task(Work));")]
    [InlineData("field = new Task(Work);")]
    [InlineData("list.Add(new Task(Work));")]
    [InlineData("var all = new[] { new Task(Work), new Task(Work) }; foreach (var t in all) t.Start(); await all[0];")]
    [InlineData("var all = ids.Select(id => new Task(Work)).ToList(); all.ForEach(t => t.Start());")]
    [InlineData("Func<Task> make = () => new Task(Work); make().Start();")]
    [InlineData("await new OwnTask();")]
    [InlineData("await Task.WhenAny(new Task(Work), Task.Delay(1));")]
    [InlineData("await Task.Run(Work);")]
    [InlineData("await new TaskCompletionSource().Task;")]
    public Task Ignores_a_task_that_is_started_or_may_be(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("Task Create() => new Task(Work);")]
    [InlineData("Task Create() { var task = new Task(Work); return task; }")]
    [InlineData("Task SaveAsync() { var task = new Task(Work); task.Start(); return task; }")]
    [InlineData("async Task<Task> SaveAsync() { await Task.Yield(); return new Task(Work); }")]
    [InlineData("Task own = new Task(Work); void M() => own.Start();")]
    [InlineData("Task Own { get; } = new Task(Work);")]
    [InlineData("IEnumerable<Task> Make() { yield return new Task(Work); }")]
    public Task Ignores_who_makes_tasks_for_others(string member) => Ignores(Member(member));

    [Fact]
    public Task Ignores_a_test_that_looks_at_such_a_task() =>
        Ignores(Member(
            """
            [Fact] void M() { var task = new Task(Work); if (task.Status != TaskStatus.Created) throw new Exception(); }
                class FactAttribute : Attribute { }
            """));

    [Fact]
    public Task Ignores_a_task_of_ones_own() =>
        Ignores("namespace N { class Task { } class C { void M() { new Task(); var task = new Task(); } } }");

    [Theory]
    [InlineData("await [|new Task(Work)|];", "await Task.Run(Work);")]
    [InlineData("var task = [|new Task(() => Work())|]; await task;", "var task = Task.Run(() => Work()); await task;")]
    [InlineData("Task task = [|new(Work)|]; await task;", "Task task = Task.Run(Work); await task;")]
    [InlineData(
        "var task = [|new Task(Work, token)|]; /* wait */ await task;",
        "var task = Task.Run(Work, token); /* wait */ await task;")]
    [InlineData(
        "var task = [|new Task(Work, TaskCreationOptions.None)|]; await task;",
        "var task = Task.Run(Work); await task;")]
    [InlineData(
        "await [|new Task(async () => await Task.Delay(1))|];",
        "await Task.Run(async () => await Task.Delay(1));")]
    [InlineData(
        "Console.WriteLine(await [|new Task<int>(() => 1)|]);",
        "Console.WriteLine(await Task.Run(() => 1));")]
    [InlineData(
        "Console.WriteLine(await [|new Task<object>(() => 1)|]);",
        "Console.WriteLine(await Task.Run<object>(() => 1));")]
    [InlineData(
        "Console.WriteLine(await [|new Task<int>(() => { return 1; })|]);",
        "Console.WriteLine(await Task.Run<int>(() => { return 1; }));")]
    [InlineData(
        "await Task.WhenAll([|new Task(Work)|], [|new Task(Work)|]);",
        "await Task.WhenAll(Task.Run(Work), Task.Run(Work));")]
    [InlineData("[|new Task(Work)|]; // now", "await Task.Run(Work); // now")]
    [InlineData("_ = [|new Task(Work)|];", "await Task.Run(Work);")]
    public Task Runs_it(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Runs_it_where_it_is_returned() => Fixes(
        Member("Task SaveAsync() => [|new Task(Work)|];"),
        Member("Task SaveAsync() => Task.Run(Work);"),
        title: "Run it with 'Task.Run'");

    [Fact]
    public Task Says_that_it_awaits_what_was_dropped() => Fixes(
        Async("[|new Task(Work)|];"),
        Async("await Task.Run(Work);"),
        title: "Run it with 'Task.Run' and await it");

    [Fact]
    public Task Runs_it_in_old_language() => Fixes(
        """
        class C
        {
            async System.Threading.Tasks.Task M() { await [|new System.Threading.Tasks.Task(() => M())|]; }
        }
        """,
        """
        class C
        {
            async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Run(() => M()); }
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("var task = [|new Task(Work)|];")]
    [InlineData("var task = [|new Task(Work)|]; if (flag) task.Start(); await task;")]
    [InlineData("var task = [|new Task(Work)|]; await task; task.Start();")]
    [InlineData("await [|new Task(Work, TaskCreationOptions.LongRunning)|];")]
    [InlineData("await [|new Task(_ => Work(), list)|];")]
    [InlineData("await (await [|new Task<Task>(() => Task.Delay(1))|]);")]
    [InlineData("[|new Task(() => { while (true) Work(); })|];")]
    [InlineData("lock (this) { [|new Task(Work)|]; }")]
    public Task Writes_nothing_that_would_not_do_the_same(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Starts_no_work_that_nobody_waits_for() => OffersNoFix(Member("C() { [|new Task(Work)|]; }"));

    private static string Async(string statements) =>
        Member(
            $$"""
            Task? field;

                async Task M(bool flag, List<Task> list, IEnumerable<int> ids, CancellationToken token)
                {
                    await Task.Yield();
                    {{statements}}
                }
            """);

    private static string Member(string member) =>
        $$"""
        interface IContract { Task Load(); }

        class OwnTask : Task { public OwnTask() : base(() => { }) { Start(); } }

        abstract class Base { public virtual Task Save() => Task.CompletedTask; Task Load() => Save(); }

        class C : Base, IContract
        {
            static void Work() { }
            static void Start(Task task) => task.Start();
            Task IContract.Load() => Task.CompletedTask;

            {{member}}
        }
        """.Replace(
            "Task IContract.Load() => Task.CompletedTask;",
            member.Contains("IContract.Load") ? "" : "Task IContract.Load() => Task.CompletedTask;");
}
