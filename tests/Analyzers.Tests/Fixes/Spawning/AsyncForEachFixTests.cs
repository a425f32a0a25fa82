using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Spawning;

/// <summary>The fixes of SCOPE403: a plain <c>foreach</c>, or a bounded loop that waits.</summary>
public sealed class AsyncForEachFixTests : RuleTests<AsyncForEachAnalyzer, AsyncForEachFix>
{
    private const string Bounded = "Bound it: at most 16 at once (waits for it; failures come out at the end)";
    private const string Plain = "Await each in a 'foreach'";

    [Theory]
    [InlineData("list.ForEach([|async id => await SendAsync(id)|]);", Plain, Bounded)]
    [InlineData("list.ForEach(id => [|SendAsync(id)|]);", Plain, Bounded)]
    [InlineData("Array.ForEach(array, id => [|SendAsync(id)|]);", Plain, Bounded)]
    [InlineData("Parallel.ForEach(list, [|async id => await SendAsync(id)|]);", Bounded, Plain)]
    [InlineData("list.AsParallel().ForAll(id => [|SendAsync(id)|]);", Bounded, Plain)]
    [InlineData("if (list.Count > 1) list.ForEach(id => [|SendAsync(id)|]); else list.Clear();", Plain, Bounded)]
    public Task Offers_the_form_that_is_nearest_first(string statement, params string[] titles) =>
        Offers(Async(statement), titles);

    [Fact]
    public Task Without_the_runtime_the_framework_bounds_it() =>
        Offers(Async("list.ForEach([|async id => await SendAsync(id)|]);"), Code.WithoutRuntime, Plain, Bounded);

    [Fact]
    public Task A_preferred_fix_comes_first() =>
        Offers(
            Async("list.ForEach([|async id => await SendAsync(id)|]);"),
            Code.Default with { EditorConfig = "scoped_tasks.preferred_fix.SCOPE403 = bounded_loop" },
            Bounded,
            Plain);

    [Fact]
    public Task Awaits_each_in_a_foreach() => Fixes(
        Async(
            """
            // to everybody
                    list.ForEach([|async id => await SendAsync(id)|]); // one by one
            """),
        Async(
            """
            // to everybody
                    foreach (var id in list)
                    {
                        await SendAsync(id);
                    } // one by one
            """),
        title: Plain);

    [Fact]
    public Task Awaits_what_the_lambda_dropped() => Fixes(
        Async("Array.ForEach(array, id => [|SendAsync(id)|]);"),
        Async(
            """
            foreach (var id in array)
                    {
                        await SendAsync(id);
                    }
            """));

    [Fact]
    public Task Keeps_a_body_with_its_comments() => Fixes(
        Async(
            """
            list.ForEach([|async id =>
                    {
                        // nothing to send
                        if (id == 0)
                        {
                            return; // next
                        }

                        using var gate = new SemaphoreSlim(1);
                        await gate.WaitAsync();
                        await SendAsync(id);
                    }|]);
            """),
        Async(
            """
            foreach (var id in list)
                    {
                        // nothing to send
                        if (id == 0)
                        {
                            continue; // next
                        }

                        using var gate = new SemaphoreSlim(1);
                        await gate.WaitAsync();
                        await SendAsync(id);
                    }
            """));

    [Fact]
    public Task Puts_a_short_body_on_lines_of_its_own() => Fixes(
        Async("list.ForEach([|async id => { await SendAsync(id); await SendAsync(2); }|]);"),
        Async(
            """
            foreach (var id in list)
                    {
                        await SendAsync(id);
                        await SendAsync(2);
                    }
            """));

    [Fact]
    public Task Keeps_the_returns_of_functions_within() => Fixes(
        Async(
            """
            list.ForEach([|async id =>
                    {
                        Action log = () => { return; };
                        await SendAsync(id);
                    }|]);
            """),
        Async(
            """
            foreach (var id in list)
                    {
                        Action log = () => { return; };
                        await SendAsync(id);
                    }
            """));

    [Fact]
    public Task Fixes_a_loop_within_a_loop() => Fixes(
        Async(
            """
            list.ForEach([|async id =>
                    {
                        await SendAsync(id);
                        list.ForEach([|async next => await SendAsync(next)|]);
                    }|]);
            """),
        Async(
            """
            foreach (var id in list)
                    {
                        await SendAsync(id);
                        foreach (var next in list)
                        {
                            await SendAsync(next);
                        }
                    }
            """));

    [Fact]
    public Task Keeps_the_style_of_the_awaits() => Fixes(
        Async("await SendAsync(1).ConfigureAwait(false); list.ForEach(id => [|SendAsync(id)|]);"),
        Async(
            """
            await SendAsync(1).ConfigureAwait(false); foreach (var id in list)
                    {
                        await SendAsync(id).ConfigureAwait(false);
                    }
            """));

    [Fact]
    public Task Names_the_type_where_the_sequence_does_not() => Fixes(
        Async("Parallel.ForEach<int>(new Numbers(), [|async id => await SendAsync(id)|]);"),
        Async(
            """
            foreach (int id in new Numbers())
                    {
                        await SendAsync(id);
                    }
            """),
        plan: "ForeachAwait");

    [Fact]
    public Task Writes_a_parallel_query_as_its_source() => Fixes(
        Async("list.AsParallel().ForAll([|async id => await SendAsync(id)|]);"),
        Async(
            """
            foreach (var id in list)
                    {
                        await SendAsync(id);
                    }
            """),
        plan: "ForeachAwait");

    [Fact]
    public Task Awaits_each_in_top_level_statements() => Fixes(
        """
        var list = new List<int> { 1, 2 };
        list.ForEach([|async id => await Task.Delay(id)|]);
        """,
        """
        var list = new List<int> { 1, 2 };
        foreach (var id in list)
        {
            await Task.Delay(id);
        }
        """,
        code: Code.Program);

    [Fact]
    public Task Writes_old_language() => Fixes(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        class C
        {
            async Task M(List<int> list)
            {
                list.ForEach([|async id => await Task.Delay(id)|]);
                await Task.Yield();
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        class C
        {
            async Task M(List<int> list)
            {
                foreach (var id in list)
                {
                    await Task.Delay(id);
                }
                await Task.Yield();
            }
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("list?.ForEach([|async id => await SendAsync(id)|]);")]
    [InlineData("list.ForEach([|SendAndForget|]);")]
    [InlineData("list.ForEach(id => [|service?.SendAsync(id)|]);")]
    [InlineData("list.ForEach(id => [|Task.Factory.StartNew(async () => await SendAsync(id))|]);")]
    [InlineData("list.ForEach([|async id => { foreach (var x in list) { return; } await SendAsync(id); }|]);")]
    [InlineData("list.ForEach([|async id => { while (true) { await SendAsync(id); } }|]);")]
    [InlineData("list.ForEach([|async id => { id++; await SendAsync(id); }|]);")]
    [InlineData("list.ForEach([|async id => await SendAsync(id)|]); var id = 1; array[0] = id;")]
    [InlineData("Parallel.ForEach(list, new ParallelOptions { CancellationToken = token }, id => [|SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, options, id => [|SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, [|async (id, state) => { state.Stop(); await SendAsync(id); }|]);")]
    [InlineData("Parallel.ForEach(Partitioner.Create(0, 9), [|async range => await SendAsync(1)|]);")]
    [InlineData("Parallel.ForEach(list, () => 0, (id, state, x) => x, [|async sum => await SendAsync(sum)|]);")]
    [InlineData("var result = Parallel.ForEach(list, [|async id => await SendAsync(id)|]);")]
    [InlineData("if (Parallel.ForEach(list, [|async id => await SendAsync(id)|]).IsCompleted) { }")]
    [InlineData("Parallel.For(1, 9, [|async i => await SendAsync(i)|]);")]
    [InlineData("Parallel.For(0, -number, [|async i => await SendAsync(i)|]);")]
    [InlineData("Parallel.For(0L, 9L, [|async i => await SendAsync(1)|]);")]
    [InlineData("Parallel.Invoke([|async () => await SendAsync(1)|], () => list.Clear());")]
    [InlineData("lock (list) { list.ForEach([|async id => await SendAsync(id)|]); }")]
    [InlineData("Action a = () => list.ForEach([|async id => await SendAsync(id)|]); a();")]
    [InlineData("list.ForEach(/* all */ [|async id => await SendAsync(id)|]);")]
    public Task Writes_no_foreach(string statement) => OffersNoFix(Async(statement), "ForeachAwait");

    [Theory]
    [InlineData("void M(List<int> list) { list.ForEach([|async id => await SendAsync(id)|]); }")]
    [InlineData("void M(List<int> list) => list.ForEach([|async id => await SendAsync(id)|]);")]
    [InlineData("Task M(List<int> list) { list.ForEach(id => [|SendAsync(id)|]); return SendAsync(1); }")]
    [InlineData("int P { get { new List<int>().ForEach(id => [|SendAsync(id)|]); return 1; } }")]
    [InlineData("C(List<int> list) => list.ForEach(id => [|SendAsync(id)|]);")]
    public Task Writes_nothing_where_await_cannot_stand(string member) => OffersNoFix(Member(member));

    [Fact]
    public Task Bounds_a_list() => Fixes(
        Async("list.ForEach([|async id => await SendAsync(id)|]);"),
        WithAsync(
            "await TaskGroup.ForEachAsync(list, async (id, ct) => await SendAsync(id), new TaskGroupOptions { "
            + "MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });"),
        plan: "BoundedLoop",
        title: Bounded);

    [Fact]
    public Task Runs_each_child_of_a_parallel_loop_on_the_pool() => Fixes(
        Async("Parallel.ForEach(list, id => [|SendAsync(id, token)|]);"),
        WithAsync(
            "await TaskGroup.ForEachAsync(list, (id, ct) => Task.Run(() => SendAsync(id, ct)), new TaskGroupOptions { "
            + "MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, token);"),
        title: Bounded);

    [Fact]
    public Task Keeps_the_limit_and_the_token_of_a_parallel_loop() => Fixes(
        Async(
            "Parallel.ForEach(list, new ParallelOptions { MaxDegreeOfParallelism = number, CancellationToken = token }"
            + ", [|async id => await SendAsync(id, token)|]);"),
        WithAsync(
            "await TaskGroup.ForEachAsync(list, (id, ct) => Task.Run(async () => await SendAsync(id, ct)), "
            + "new TaskGroupOptions { MaxConcurrency = number, FailureMode = TaskGroupFailureMode.Collect }, token);"),
        title: "Bound it: at most number at once (waits for it; failures come out at the end)");

    [Fact]
    public Task Asks_options_that_were_made_before() => Fixes(
        Async("Parallel.ForEach(list, options, [|async id => await SendAsync(id)|]);"),
        WithAsync(
            "await TaskGroup.ForEachAsync(list, (id, ct) => Task.Run(async () => await SendAsync(id)), "
            + "new TaskGroupOptions { MaxConcurrency = options.MaxDegreeOfParallelism, "
            + "FailureMode = TaskGroupFailureMode.Collect }, options.CancellationToken);"));

    [Fact]
    public Task Counts_as_the_parallel_loop_did() => Fixes(
        Async("Parallel.For(0, list.Count, [|async i => { await SendAsync(list[i]); }|]);"),
        WithAsync(
            "await TaskGroup.ForEachAsync(Enumerable.Range(0, list.Count), (i, ct) => "
            + "Task.Run(async () => { await SendAsync(list[i]); }), "
            + "new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });"));

    [Fact]
    public Task Puts_nothing_on_the_pool_that_is_there_already() => Fixes(
        Async("list.AsParallel().ForAll(id => [|Task.Run(() => SendAsync(id))|]);"),
        WithAsync(
            "await TaskGroup.ForEachAsync(list, (id, ct) => Task.Run(() => SendAsync(id)), new TaskGroupOptions { "
            + "MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });"));

    [Fact]
    public Task Bounds_the_body_of_an_async_lambda() => Fixes(
        Member("Func<Task> M(List<int> list) => async () => list.ForEach([|async id => await SendAsync(id)|]);"),
        WithMember(
            "Func<Task> M(List<int> list) => async () => await TaskGroup.ForEachAsync(list, "
            + "async (id, ct) => await SendAsync(id), "
            + "new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });"));

    [Fact]
    public Task Without_the_runtime_runs_in_the_loop_of_the_framework() => Fixes(
        Async("Parallel.ForEach(list, id => [|SendAsync(id, token)|]);"),
        Async(
            "await Parallel.ForEachAsync(list, new ParallelOptions { MaxDegreeOfParallelism = 16, "
            + "CancellationToken = token }, async (id, ct) => await SendAsync(id, ct));"),
        code: Code.WithoutRuntime);

    [Theory]
    [InlineData("list?.ForEach([|async id => await SendAsync(id)|]);")]
    [InlineData("list.ForEach([|SendAndForget|]);")]
    [InlineData("list.ForEach([|async id => { while (true) { await SendAsync(id); } }|]);")]
    [InlineData("list.ForEach([|async id => { await SendAsync(id, token); await SendAsync(id, other); }|]);")]
    [InlineData("using var gate = new SemaphoreSlim(1); list.ForEach(id => [|SendAsync(id, gate)|]);")]
    [InlineData("Parallel.ForEach(queue.GetConsumingEnumerable(), [|async id => await SendAsync(id)|]);")]
    [InlineData(
        "var o = new ParallelOptions { TaskScheduler = null }; Parallel.ForEach(list, o, id => [|SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, new ParallelOptions { TaskScheduler = null }, id => [|SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, [|async (id, state) => { state.Stop(); await SendAsync(id); }|]);")]
    [InlineData("Parallel.ForEach(Partitioner.Create(0, 9), [|async range => await SendAsync(1)|]);")]
    [InlineData("Parallel.ForEach(list, () => 0, (id, state, x) => x, [|async sum => await SendAsync(sum)|]);")]
    [InlineData("var result = Parallel.ForEach(list, [|async id => await SendAsync(id)|]);")]
    [InlineData("Parallel.Invoke([|async () => await SendAsync(1)|], () => list.Clear());")]
    [InlineData("list.ForEach(/* all */ [|async id => await SendAsync(id)|]);")]
    public Task Writes_no_bounded_loop(string statement) => OffersNoFix(Async(statement), "BoundedLoop");

    [Fact]
    public Task Keeps_out_of_an_if_of_the_preprocessor() => OffersNoFix(
        Async(
            """
            list.ForEach([|async id =>
                    {
            #if DEBUG
                        Console.WriteLine(id);
            #endif
                        await SendAsync(id);
                    }|]);
            """));

    private static string WithAsync(string statements) => WithUsing(Async(statements));

    private static string WithMember(string member) => WithUsing(Member(member));

    private static string WithUsing(string code) =>
        code.Replace("Concurrent;\n", "Concurrent;\nusing ScopedTasks;\n");

    private static string Async(string statements) =>
        Member(
            $$"""
            async Task M(C? service, List<int> list, int[] array, int number, ParallelOptions options, CancellationToken token,
                    CancellationToken other, BlockingCollection<int> queue)
                {
                    {{statements}}
                }
            """);

    private static string Member(string member) =>
        $$"""
        using System.Collections;
        using System.Collections.Concurrent;

        class C
        {
            {{member}}

            Task SendAsync(int id) => Task.CompletedTask;
            static Task SendAsync(int id, CancellationToken ct) => Task.CompletedTask;
            static Task SendAsync(int id, SemaphoreSlim gate) => Task.CompletedTask;
            static async void SendAndForget(int id) => await Task.Delay(id);

            class Numbers : IEnumerable<int>
            {
                public IEnumerator GetEnumerator() => null!;
                IEnumerator<int> IEnumerable<int>.GetEnumerator() => null!;
            }
        }
        """;
}
