using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE401: loops that start work without waiting, and the bounds that make it right.</summary>
public sealed class SpawnInLoopTests : RuleTests<SpawnInLoopAnalyzer>
{
    [Fact]
    public Task Reports_a_call_in_a_loop() =>
        Reports(
            Async("foreach (var id in ids) { [|service.SendAsync(id)|]; } await Task.Yield();"),
            "'SendAsync' is started on every iteration and nobody waits for it; run it in a task group with a limit");

    [Fact]
    public Task Says_that_the_loop_has_no_end() =>
        Reports(
            Async("while (true) { _ = [|service.SendAsync(await service.LoadAsync())|]; }"),
            "'SendAsync' is started on every iteration and nobody waits for it, and the loop has no end; "
            + "run it in a task group with a limit");

    [Fact]
    public Task Names_no_type_of_ours_without_the_runtime() =>
        Reports(
            Async("foreach (var id in ids) { _ = [|service.SendAsync(id)|]; } await Task.Yield();"),
            "'SendAsync' is started on every iteration and nobody waits for it; "
            + "wait for it, or bound how many run at once",
            Code.WithoutRuntime);

    [Theory]
    [InlineData("foreach (var id in ids) _ = [|service.SendAsync(id)|];")]
    [InlineData("foreach (var id in ids) [|service.SendAsync(id)|].ConfigureAwait(false);")]
    [InlineData("foreach (var id in ids) [|service?.SendAsync(id)|];")]
    [InlineData("foreach (var id in ids) [|Task.Run(() => service.SendAsync(id))|];")]
    [InlineData("foreach (var id in ids) _ = [|Task.Factory.StartNew(() => { })|];")]
    [InlineData("foreach (var id in ids) [|ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(id))|];")]
    [InlineData("foreach (var id in ids) [|new Thread(() => Console.WriteLine(id)).Start()|];")]
    [InlineData("foreach (var id in ids) { var t = new Thread(() => { }); t.IsBackground = true; [|t.Start()|]; }")]
    [InlineData("foreach (var id in ids) { try { _ = [|service.SendAsync(id)|]; } catch { } }")]
    [InlineData("foreach (var id in ids) { if (id > 3) { _ = [|service.SendAsync(id)|]; } }")]
    [InlineData("foreach (var id in ids) switch (id) { case 1: _ = [|service.SendAsync(id)|]; break; }")]
    [InlineData("for (var i = 0; i < list.Count; i++) _ = [|service.SendAsync(list[i])|];")]
    [InlineData("for (var i = list.Count - 1; i >= 0; i--) _ = [|service.SendAsync(list[i])|];")]
    [InlineData("var n = list.Count; for (var i = 0; i < n; i++) _ = [|service.SendAsync(list[i])|];")]
    [InlineData("for (var i = 0; i < 1000; i++) _ = [|service.SendAsync(i)|];")]
    [InlineData("while (queue.Count > 0) _ = [|service.SendAsync(queue.Dequeue())|];")]
    [InlineData("foreach (var j in jobs) if (!j.IsOn) { j.IsOn = true; _ = [|service.SendAsync(j.Id)|]; }")]
    [InlineData("while (queue.TryDequeue(out var id)) _ = [|service.SendAsync(id)|];")]
    [InlineData("do { _ = [|service.SendAsync(queue.Dequeue())|]; } while (queue.TryPeek(out _));")]
    [InlineData("for (;;) { _ = [|service.SendAsync(1)|]; Thread.Sleep(1); }")]
    [InlineData("foreach (var id in ids) { var t = [|service.SendAsync(id)|]; }")]
    [InlineData("Task t; foreach (var id in ids) { t = [|service.SendAsync(id)|]; }")]
    [InlineData("var all = new List<Task>(); foreach (var id in ids) all.Add([|service.SendAsync(id)|]);")]
    [InlineData(
        """
        var all = new Task[list.Count]; for (var i = 0; i < list.Count; i++) all[i] =
        [|service.SendAsync(i)|];
        """)]
    [InlineData("void Local() { foreach (var id in ids) _ = [|service.SendAsync(id)|]; } Local();")]
    [InlineData("Action a = () => { foreach (var id in ids) _ = [|service.SendAsync(id)|]; }; a();")]
    [InlineData("foreach (var id in list.Where(x => x > 1)) _ = [|service.SendAsync(id)|];")]
    public Task Reports_every_shape_of_a_loop(string statements) => Reports(Sync(statements));

    [Theory]
    [InlineData("await foreach (var id in stream) { _ = [|service.SendAsync(id)|]; }")]
    [InlineData("while (!ct.IsCancellationRequested) { await Task.Delay(1); _ = [|service.SendAsync(1)|]; }")]
    [InlineData("await foreach (var id in reader.ReadAllAsync()) { [|service.SendAsync(id)|]; }")]
    [InlineData(
        """
        while (await reader.WaitToReadAsync()) while (reader.TryRead(out var id)) _ =
        [|service.SendAsync(id)|];
        """)]
    [InlineData("while (true) { var c = await listener.AcceptTcpClientAsync(); _ = [|HandleAsync(c)|]; }")]
    [InlineData("while (true) { var c = await listener.AcceptTcpClientAsync(); [|Task.Run(() => HandleAsync(c))|]; }")]
    public Task Reports_an_endless_source(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("foreach (var id in new[] { 1, 2, 3 }) _ = service.SendAsync(id);")]
    [InlineData("int[] few = { 1, 2, 3 }; foreach (var id in few) _ = service.SendAsync(id);")]
    [InlineData("var few = new List<int> { 1, 2 }; foreach (var id in few) _ = service.SendAsync(id);")]
    [InlineData("foreach (var id in Few) _ = service.SendAsync(id);")]
    [InlineData("foreach (var id in ids.Take(10)) _ = service.SendAsync(id);")]
    [InlineData("foreach (var id in Enumerable.Range(0, 8)) _ = service.SendAsync(id);")]
    [InlineData("foreach (var day in Enum.GetValues<DayOfWeek>()) _ = service.SendAsync((int)day);")]
    [InlineData("foreach (var part in ids.Chunk(8)) foreach (var id in part) _ = service.SendAsync(id);")]
    [InlineData("for (var i = 0; i < 4; i++) _ = service.SendAsync(i);")]
    [InlineData("for (var i = 0; i < workers; i++) _ = service.SendAsync(i);")]
    [InlineData("for (var i = 0; i < Environment.ProcessorCount; i++) _ = service.SendAsync(i);")]
    [InlineData("for (var i = workers; i > 0; i--) _ = service.SendAsync(i);")]
    [InlineData("foreach (var id in ids) { gate.Wait(); _ = service.SendAsync(id); }")]
    [InlineData("foreach (var id in ids) { if (list.Count > 10) break; _ = service.SendAsync(id); }")]
    [InlineData("foreach (var id in ids) { _ = service.SendAsync(id); break; }")]
    [InlineData("foreach (var id in ids) { if (id > 1) { _ = service.SendAsync(id); return; } }")]
    [InlineData("foreach (var id in ids) { try { _ = service.SendAsync(id); return; } catch { } }")]
    [InlineData("foreach (var id in ids) switch (id) { case 1: _ = service.SendAsync(id); return; }")]
    [InlineData("var done = false; foreach (var id in ids) if (!done) { done = true; _ = service.SendAsync(id); }")]
    [InlineData("foreach (var id in ids) service.SendAsync(id).Wait();")]
    [InlineData("foreach (var id in ids) Keep(service.SendAsync(id));")]
    [InlineData("foreach (var id in ids) map[id] = service.SendAsync(id);")]
    [InlineData("foreach (var id in ids) { Func<Task> f = () => service.SendAsync(id); Keep(f()); }")]
    [InlineData("foreach (var id in ids) { Action a = () => service.SendAsync(id); a(); }")]
    [InlineData(
        """
        var threads = new List<Thread>(); foreach (var id in ids) { var t = new Thread(() => { });
        t.Start(); t.Join(); }
        """)]
    [InlineData(
        """
        var all = new List<Task>(); foreach (var id in ids) all.Add(service.SendAsync(id));
        Task.WaitAll(all.ToArray());
        """)]
    [InlineData("var all = new List<Task>(); foreach (var id in ids) all.Add(service.SendAsync(id)); Keep(all[0]);")]
    [InlineData("foreach (var id in ids) if (!isOn) { isOn = true; _ = service.SendAsync(id); }")]
    [InlineData("foreach (var thread in new List<Thread>()) thread.Start();")]
    [InlineData("service.SendAsync(1);")]
    [InlineData("foreach (var id in service.List(service.SendAsync(1))) { }")]
    public Task Ignores_a_bound_a_join_or_a_single_start(string statements) => Ignores(Sync(statements));

    [Theory]
    [InlineData("foreach (var id in ids) await service.SendAsync(id);")]
    [InlineData("foreach (var id in ids) { await gate.WaitAsync(ct); _ = service.SendAsync(id); }")]
    [InlineData(
        """
        var all = new List<Task>(); foreach (var id in ids) all.Add(service.SendAsync(id)); await
        Task.WhenAll(all);
        """)]
    public Task Ignores_what_is_awaited(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Reports_a_spawn_into_a_group_without_a_limit_from_an_endless_source() =>
        Reports(
            Group(
                """
                await TaskGroup.RunAsync(async group =>
                {
                    await foreach (var id in reader.ReadAllAsync()) [|group.Spawn(ct => SendAsync(id, ct))|];
                });
                """),
            "'Spawn' is started on every iteration and nobody waits for it, and the loop has no end; "
            + "run it in a task group with a limit");

    [Fact]
    public Task Reports_a_spawn_into_a_supervising_group_from_an_endless_source() =>
        Reports(
            Group(
                """
                await TaskGroup.RunAsync(async group =>
                {
                    while (true) { var id = await reader.ReadAsync(); [|group.Spawn(ct => SendAsync(id, ct))|]; }
                }, TaskGroupOptions.Supervise);
                """));

    [Fact]
    public Task Reports_a_background_task_per_element_of_an_endless_source() =>
        Reports(
            Group("await foreach (var id in reader.ReadAllAsync()) [|BackgroundTasks.Spawn(t => SendAsync(id, t))|];"));

    [Theory]
    [InlineData(
        """
        await TaskGroup.RunAsync(group => { foreach (var id in ids) group.Spawn(ct => SendAsync(id, ct));
        });
        """)]
    [InlineData("foreach (var id in ids) BackgroundTasks.Spawn(ct => SendAsync(id, ct)); await Task.Yield();")]
    [InlineData("await foreach (var id in reader.ReadAllAsync()) given.Spawn(ct => SendAsync(id, ct));")]
    [InlineData(
        """
        await TaskGroup.RunAsync(async group =>
        {
            await foreach (var id in reader.ReadAllAsync()) group.Spawn(ct => SendAsync(id, ct));
        }, new TaskGroupOptions { MaxConcurrency = 8 });
        """)]
    [InlineData(
        """
        await TaskGroup.RunAsync(async group =>
        {
            await foreach (var id in reader.ReadAllAsync()) await group.SpawnAsync(ct => SendAsync(id, ct));
        }, new TaskGroupOptions { MaxConcurrency = 8 });
        """)]
    public Task Ignores_groups_that_bound_or_join(string statements) => Ignores(Group(statements));

    [Fact]
    public Task Reports_a_loop_in_top_level_statements() =>
        Reports("foreach (var arg in args) [|Task.Run(() => Console.WriteLine(arg))|];", Code.Program);

    private static string Sync(string statements) =>
        Member(
            "void M(IService service, IEnumerable<int> ids, List<int> list, Queue<int> queue, int workers) "
            + $"{{ {statements} }}");

    private static string Async(string statements) =>
        Member(
            "async Task M(IService service, IEnumerable<int> ids, IAsyncEnumerable<int> stream, "
            + "ChannelReader<int> reader, "
            + $"PeriodicTimer timer, TcpListener listener, CancellationToken ct) {{ {statements} }}");

    private static string Group(string statements) =>
        $$"""
        using System.Threading.Channels;
        using ScopedTasks;

        class C
        {
            Task SendAsync(int id, CancellationToken ct) => Task.Delay(id, ct);

            async Task M(IEnumerable<int> ids, ChannelReader<int> reader, TaskGroup given)
            {
                {{statements}}
            }
        }
        """;

    private static string Member(string member) =>
        $$"""
        using System.Net.Sockets;
        using System.Threading.Channels;

        interface IService
        {
            Task SendAsync(int id);
            Task<int> LoadAsync();
            List<int> List(Task task);
        }

        class C
        {
            static readonly int[] Few = { 1, 2, 3 };
            readonly Dictionary<int, Task> map = new();
            readonly SemaphoreSlim gate = new(4);
            readonly List<Job> jobs = new();
            bool isOn;

            class Job { public int Id; public bool IsOn; }

            void Keep(Task task) => map[0] = task;

            Task HandleAsync(TcpClient client) => Task.Delay(1);

            {{member}}
        }
        """;
}
