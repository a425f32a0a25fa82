using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE303: deferred sequences of tasks that nobody enumerates, and what runs them.</summary>
public sealed class UnenumeratedTasksTests : RuleTests<UnenumeratedTasksAnalyzer, UnenumeratedTasksFix>
{
    private const string InGroup =
        "Run in a task group: at most 16 at once (waits for it; failures come out at the end)";

    private const string Together = "Await all with 'Task.WhenAll'";

    [Fact]
    public Task Reports_a_selection_that_is_dropped() =>
        Reports(
            Async("[|ids.Select(id => SendAsync(id))|];"),
            "'SendAsync' never runs: nobody enumerates the sequence that would start it; "
            + "run it with 'TaskGroup.ForEachAsync', or await 'Task.WhenAll' of it");

    [Fact]
    public Task Names_an_async_lambda() =>
        Reports(
            Async("var sends = [|ids.Select(async id => await SendAsync(id))|];"),
            "'async id => ..' never runs: nobody enumerates the sequence that would start it; "
            + "await 'Task.WhenAll' of it",
            Code.WithoutRuntime);

    [Fact]
    public Task Does_not_speak_of_await_where_none_can_be() =>
        Reports(
            Member("void M(int[] ids) { [|ids.Select(SendAsync)|]; }"),
            "'SendAsync' never runs: nobody enumerates the sequence that would start it; "
            + "pass it on, or enumerate it");

    [Theory]
    [InlineData("_ = [|ids.Select(id => SendAsync(id))|];")]
    [InlineData("[|ids.Select(SendAsync)|];")]
    [InlineData("[|ids.Select((id, index) => SendAsync(index))|];")]
    [InlineData("[|ids.Select(id => { return SendAsync(id); })|];")]
    [InlineData("[|ids.Select(id => LoadAsync(id))|];")]
    [InlineData("[|ids.Select(id => SaveAsync(id))|];")]
    [InlineData("[|ids.Select(async id => { await SendAsync(id); return id; })|];")]
    [InlineData("[|ids.Where(id => id > 1).Select(id => SendAsync(id))|];")]
    [InlineData("[|Enumerable.Select(ids, id => SendAsync(id))|];")]
    [InlineData("[|ids.Select(sender)|];")]
    [InlineData("[|ids.Select(id => SendAsync(id))|].Where(task => task.IsFaulted);")]
    [InlineData("[|ids.Select(id => LoadAsync(id))|].Select(async task => await task);")]
    [InlineData("[|ids.Select(id => SendAsync(id))|].Select(task => task.Id).Where(id => id > 1);")]
    [InlineData("[|ids.Select(id => SendAsync(id))|].OrderBy(task => task.Id);")]
    [InlineData("[|ids.Zip(ids, (a, b) => SendAsync(a + b))|];")]
    [InlineData("[|tasks.Select(async task => await task)|];")]
    [InlineData("IEnumerable<Task> sends = [|ids.Select(id => SendAsync(id))|];")]
    [InlineData("IEnumerable<Task> sends; sends = [|ids.Select(id => SendAsync(id))|];")]
    [InlineData("var sends = [|ids.Select(id => SendAsync(id))|]; var some = sends.Take(3);")]
    [InlineData("var sends = [|ids.Select(id => SendAsync(id))|]; sends = sends.Where(task => !task.IsCompleted);")]
    [InlineData("var sends = [|ids.Select(id => SendAsync(id))|]; Console.WriteLine(nameof(sends));")]
    [InlineData("var sends = from id in ids [|select SendAsync(id)|];")]
    [InlineData("_ = from id in ids where id > 1 [|select SendAsync(id)|];")]
    [InlineData("var sends = flag ? [|ids.Select(id => SendAsync(id))|] : null;")]
    [InlineData("if (flag) { [|ids.Select(id => SendAsync(id))|]; }")]
    [InlineData("Action later = () => [|ids.Select(id => SendAsync(id))|]; later();")]
    [InlineData("[|Each(ids)|];")]
    [InlineData("var sends = [|Each(ids)|];")]
    [InlineData("[|Each(ids)|].Where(task => task.IsFaulted);")]
    public Task Reports_every_way_to_lose_it(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("await Task.WhenAll(ids.Select(id => SendAsync(id)));")]
    [InlineData("var sends = ids.Select(id => SendAsync(id)); await Task.WhenAll(sends);")]
    [InlineData("var sends = ids.Select(id => SendAsync(id)).ToList(); sends.Clear();")]
    [InlineData("ids.Select(id => SendAsync(id)).ToArray();")]
    [InlineData("ids.Select(id => SendAsync(id)).Count();")]
    [InlineData("_ = ids.Select(id => SendAsync(id)).Any();")]
    [InlineData("_ = ids.Select(id => SendAsync(id)).First();")]
    [InlineData("foreach (var send in ids.Select(id => SendAsync(id))) await send;")]
    [InlineData("var sends = ids.Select(id => SendAsync(id)); foreach (var send in sends) await send;")]
    [InlineData("var sends = ids.Select(id => SendAsync(id)); var some = sends.Take(3); await Task.WhenAll(some);")]
    [InlineData("var sends = ids.Select(id => SendAsync(id)); sends = sends.Skip(1); await Task.WhenAll(sends);")]
    [InlineData("var sends = ids.Select(id => SendAsync(id)); Keep(sends);")]
    [InlineData("var sends = ids.Select(id => SendAsync(id)); Func<Task> f = () => Task.WhenAll(sends); await f();")]
    [InlineData("Keep(ids.Select(id => SendAsync(id)));")]
    [InlineData("field = ids.Select(id => SendAsync(id));")]
    [InlineData("new List<Task>().AddRange(ids.Select(id => SendAsync(id)));")]
    [InlineData("tasks.AddRange(ids.Select(id => SendAsync(id)));")]
    [InlineData("string.Join(\",\", ids.Select(id => SendAsync(id)));")]
    [InlineData("tasks.Concat(ids.Select(id => SendAsync(id))).ToList();")]
    [InlineData("ids.Select(id => id + 1);")]
    [InlineData("ids.Select(id => SendAsync(id).Id);")]
    [InlineData("tasks.Where(task => task.IsFaulted);")]
    [InlineData("var faulted = tasks.Where(task => task.IsFaulted);")]
    [InlineData("Enumerable.Repeat(SendAsync(1), 3);")]
    [InlineData("query.Select(id => SendAsync(id));")]
    [InlineData("var sends = query.Select(id => SendAsync(id));")]
    [InlineData("List(ids);")]
    public Task Ignores_a_sequence_that_is_enumerated_or_handed_on(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("IEnumerable<Task> Sends(int[] ids) => ids.Select(id => SendAsync(id));")]
    [InlineData("IEnumerable<Task> Sends(int[] ids) { var sends = ids.Select(SendAsync); return sends; }")]
    [InlineData("Func<IEnumerable<Task>> Sends(int[] ids) => () => ids.Select(id => SendAsync(id));")]
    [InlineData("IEnumerable<Task> sends = new[] { 1 }.Select(id => Task.Delay(id));")]
    [InlineData("void M(int[] ids) { Expression<Action> tree = () => ids.Select(id => SendAsync(id)); }")]
    [InlineData("void M(int[] ids, out IEnumerable<Task> sends) => sends = ids.Select(id => SendAsync(id));")]
    public Task Ignores_who_makes_sequences_for_others(string member) => Ignores(Member(member));

    [Theory]
    [InlineData("[|ids.Select(id => SendAsync(id))|];", InGroup, Together)]
    [InlineData("_ = [|ids.Select(async id => await SendAsync(id))|];", InGroup, Together)]
    [InlineData("var sends = [|ids.Select(SendAsync)|];", InGroup, Together)]
    [InlineData("[|ids.Select(id => SaveAsync(id))|];", InGroup)]
    [InlineData("[|ids.Select(id => SendAsync(id))|].Where(task => task.IsFaulted);", Together)]
    [InlineData("[|ids.Select((id, index) => SendAsync(index))|];", Together)]
    [InlineData("[|Each(ids)|];", Together)]
    public Task Offers_what_runs_it(string statement, params string[] titles) => Offers(Async(statement), titles);

    [Fact]
    public Task Runs_it_in_a_group() => Fixes(
        Async("[|ids.Select(id => SendAsync(id, token))|]; // to all"),
        WithUsing(
            "await TaskGroup.ForEachAsync(ids, (id, ct) => SendAsync(id, ct), new TaskGroupOptions { "
            + "MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, token); // to all"),
        title: InGroup);

    [Fact]
    public Task Runs_an_async_lambda_in_a_group() => Fixes(
        Async("var sends = [|ids.Select(async id => await SendAsync(id))|];"),
        WithUsing(
            "await TaskGroup.ForEachAsync(ids, async (id, ct) => await SendAsync(id), new TaskGroupOptions { "
            + "MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });"));

    [Fact]
    public Task Runs_it_in_the_loop_of_the_framework_without_the_runtime() => Fixes(
        Async("[|ids.Select(id => SendAsync(id, token))|];"),
        Async(
            "await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 16, "
            + "CancellationToken = token }, async (id, ct) => await SendAsync(id, ct));"),
        code: Code.WithoutRuntime);

    [Theory]
    [InlineData("[|ids.Select(id => SendAsync(id))|];", "await Task.WhenAll(ids.Select(id => SendAsync(id)));")]
    [InlineData(
        "var sends = [|ids.Select(id => SendAsync(id))|].Skip(1);",
        "await Task.WhenAll(ids.Select(id => SendAsync(id)).Skip(1));")]
    [InlineData("_ = ([|Each(ids)|]);", "await Task.WhenAll(Each(ids));")]
    [InlineData(
        "await Task.Yield().ConfigureAwait(false); [|Each(ids)|];",
        "await Task.Yield().ConfigureAwait(false); await Task.WhenAll(Each(ids)).ConfigureAwait(false);",
        false)]
    public Task Awaits_all_of_it(string before, string after, bool yields = true) => Fixes(
        Async(before.Replace("Task.Yield()", "Task.Delay(1)"), yields),
        Async(after.Replace("Task.Yield()", "Task.Delay(1)"), yields),
        plan: before.Contains("Select") && !before.Contains("Skip") ? "WhenAll" : null);

    [Theory]
    [InlineData("[|ids.Select(id => LoopAsync(id))|];")]
    [InlineData("lock (this) { [|ids.Select(id => SendAsync(id))|]; }")]
    [InlineData("var sends = [|ids.Select(id => SendAsync(id))|]; var some = sends.Take(3);")]
    [InlineData("var sends = [|ids.Select(id => SendAsync(id))|]; Console.WriteLine(nameof(sends));")]
    [InlineData("IEnumerable<Task> sends; sends = [|ids.Select(id => SendAsync(id))|];")]
    [InlineData("IEnumerable<Task> one = [|ids.Select(id => SendAsync(id))|], two = [|ids.Select(SendAsync)|];")]
    [InlineData("var sends = flag ? [|ids.Select(id => SendAsync(id))|] : null;")]
    [InlineData("list?[|.Select(id => SendAsync(id))|];")]
    public Task Writes_nothing_else(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("using var gate = new SemaphoreSlim(1); [|ids.Select(id => SendAsync(id, gate))|];")]
    [InlineData("[|ids.Select(async id => { await SendAsync(id, token); await SendAsync(id, other); })|];")]
    [InlineData("[|ids.Select(async id => { await SendAsync(id); return id; })|];")]
    [InlineData("[|ids/* all */.Select(id => SendAsync(id))|];")]
    public Task Writes_no_group(string statements) => OffersNoFix(Async(statements), "RunInGroup");

    [Theory]
    [InlineData("void M(int[] ids) { [|ids.Select(SendAsync)|]; }")]
    [InlineData("Task M(int[] ids) { [|ids.Select(SendAsync)|]; return Task.CompletedTask; }")]
    [InlineData("C(int[] ids) { [|ids.Select(SendAsync)|]; }")]
    public Task Writes_nothing_where_await_cannot_stand(string member) => OffersNoFix(Member(member));

    private static string WithUsing(string statements) =>
        Async(statements).Replace("Expressions;\n", "Expressions;\nusing ScopedTasks;\n");

    private static string Async(string statements, bool yields = true) =>
        Member(
            $$"""
            IEnumerable<Task>? field;

                async Task M(
                    int[] ids, List<int>? list, List<Task> tasks, IQueryable<int> query, Func<int, Task> sender,
                    bool flag, CancellationToken token, CancellationToken other)
                {
                    {{(yields ? "await Task.Yield();" : "")}}
                    {{statements}}
                }
            """);

    private static string Member(string member) =>
        $$"""
        using System.Linq.Expressions;

        class C
        {
            Task SendAsync(int id) => Task.CompletedTask;
            Task SendAsync(int id, CancellationToken token) => Task.CompletedTask;
            Task SendAsync(int id, SemaphoreSlim gate) => Task.CompletedTask;
            Task<int> LoadAsync(int id) => Task.FromResult(id);
            ValueTask SaveAsync(int id) => default;
            async Task LoopAsync(int id) { while (true) await SendAsync(id); }
            IEnumerable<Task> Each(int[] ids) { foreach (var id in ids) yield return SendAsync(id); }
            IEnumerable<Task> List(int[] ids) => ids.Select(id => SendAsync(id)).ToList();
            void Keep(object kept) { }

            {{member}}
        }
        """;
}
