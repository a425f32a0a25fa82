using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Flow.Values;

public sealed class CompletionTests : RuleTests<BlockingWaitAnalyzer>
{
    [Theory]
    [InlineData("await t; Use(t.Result);")]
    [InlineData("await t.ConfigureAwait(false); Use(t.Result);")]
    [InlineData("await t.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); Use(t.Result);")]
    [InlineData("try { await t; } catch { } Use(t.Result);")]
    [InlineData("await t.WaitAsync(TimeSpan.FromSeconds(1)); Use(t.Result);")]
    [InlineData("await Helper(t); Use(t.Result);")]
    [InlineData("await t.ContinueWith(_ => { }); Use(t.Result);")]
    [InlineData("await Task.WhenAny(t); Use(t.Result);")]
    [InlineData("await field; Use(field.Result);")]
    [InlineData("await this.field; Use(field.Result);")]
    [InlineData("await Property; Use(Property.Result);")]
    [InlineData("if (t.Wait(0)) { Use(t.Result); }")]
    public Task Knows_a_task_that_was_awaited(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("await Task.WhenAll(t, u); Use(t.Result + u.Result);")]
    [InlineData("var all = Task.WhenAll(t, u); await all; Use(t.Result);")]
    [InlineData("var all = new[] { t, u }; await Task.WhenAll(all); Use(t.Result);")]
    [InlineData("var all = new List<Task> { t, u }; await Task.WhenAll(all); Use(t.Result);")]
    [InlineData("var all = new List<Task>(); all.Add(t); await Task.WhenAll(all); Use(t.Result);")]
    [InlineData("await Task.WhenAll(array); Use(array[0].Result);")]
    [InlineData("await Task.WhenAll(array); foreach (var x in array) Use(x.Result);")]
    [InlineData("await Task.WhenAll(array); for (var i = 0; i < 3; i++) Use(array[i].Result);")]
    [InlineData("await Task.WhenAll(list); list.ForEach(async x => { Use(x.Result); await Task.Yield(); });")]
    [InlineData("await Task.WhenAll(list); foreach (var x in list.Where(x => x.IsFaulted == false)) Use(x.Result);")]
    [InlineData("await Task.WhenAll(list); Use(list.First().Result);")]
    [InlineData("await Task.WhenAll(list); var first = list[0]; Use(first.Result);")]
    [InlineData("await Task.WhenAll(map.Values); Use(map[1].Result);")]
    [InlineData("await Task.WhenAll(map.Values); foreach (var pair in map) Use(pair.Value.Result);")]
    [InlineData("await Task.WhenAll(map.Values); foreach (var (key, x) in map) Use(x.Result);")]
    [InlineData("await Task.WhenAll(map.Values); if (map.TryGetValue(1, out var x)) Use(x.Result);")]
    [InlineData("await Task.WhenAll(jobs.Select(j => j.Work)); foreach (var job in jobs) Use(job.Work.Result);")]
    [InlineData("var p = new[] { (1, t) }; await Task.WhenAll(p.Select(x => x.t)); Use(p[0].t.Result);")]
    [InlineData("Task.WhenAll(t, u).ContinueWith(async _ => { Use(t.Result); await Task.Yield(); });")]
    public Task Knows_the_tasks_of_a_WhenAll(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("var done = await Task.WhenAny(t, u); Use(done.Result);")]
    [InlineData("Use((await Task.WhenAny(t, u)).Result);")]
    [InlineData("Use((await Task.WhenAny(t, u).ConfigureAwait(false)).Result);")]
    [InlineData("var done = await Task.WhenAny(t, Task.Delay(1)); if (done == t) Use(t.Result);")]
    [InlineData("if (await Task.WhenAny(t, Task.Delay(1)) == t) Use(t.Result);")]
    [InlineData("if (await Task.WhenAny(t, Task.Delay(1)) != t) return; Use(t.Result);")]
    [InlineData("Task<int> done; done = await Task.WhenAny(t, u); Use(done.Result);")]
    [InlineData("var done = await Task.WhenAny(t, u); if (done == u) return; Use(t.Result);")]
    [InlineData("var done = await Task.WhenAny(u, t).ConfigureAwait(false); if (done != u) Use(t.Result);")]
    [InlineData("if (await Task.WhenAny(t, u) == u) return; Use(t.Result);")]
    [InlineData("var race = Task.WhenAny(t, u); var done = await race; Use(done.Result);")]
    public Task Knows_the_winner_of_a_race(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Knows_the_elements_of_WhenEach() => Ignores(
        Async("await foreach (var x in Task.WhenEach(list)) Use(x.Result);"), Code.Net100);

    [Theory]
    [InlineData("if (t.IsCompleted) Use(t.Result);")]
    [InlineData("if (t.IsCompletedSuccessfully) { Use(t.Result); } else { Use(await t); }")]
    [InlineData("Use(t.IsCompletedSuccessfully ? t.Result : await t);")]
    [InlineData("if (!t.IsCompleted) return; Use(t.Result);")]
    [InlineData("if (t.IsFaulted || t.IsCanceled) return; Use(t.Result);")]
    [InlineData("if (t.Status == TaskStatus.RanToCompletion) Use(t.Result);")]
    [InlineData("switch (t.Status) { case TaskStatus.RanToCompletion: Use(t.Result); break; }")]
    [InlineData("if (t is { IsCompletedSuccessfully: true }) Use(t.Result);")]
    [InlineData("if (t is { IsCompletedSuccessfully: true, Result: var n }) Use(n);")]
    [InlineData("if (t is { Status: TaskStatus.RanToCompletion } done) Use(done.Result);")]
    [InlineData("if (value.IsCompletedSuccessfully) Use(value.Result);")]
    [InlineData("while (!t.IsCompleted) { } Use(t.Result);")]
    [InlineData("SpinWait.SpinUntil(() => t.IsCompleted); Use(t.Result);")]
    [InlineData("foreach (var x in list.Where(x => x.IsCompleted)) Use(x.Result);")]
    [InlineData("list.Where(x => x.IsCompleted).Select(async x => { await Task.Yield(); Use(x.Result); });")]
    public Task Knows_a_task_whose_status_was_tested(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("Use(Task.FromResult(1).Result);")]
    [InlineData("Task.CompletedTask.Wait();")]
    [InlineData("Task.FromException(new Exception()).Wait();")]
    [InlineData("Task.FromCanceled(token).Wait();")]
    [InlineData("var done = Task.FromResult(1); Use(done.Result);")]
    [InlineData("Use(new ValueTask<int>(1).Result);")]
    [InlineData("Use(default(ValueTask<int>).Result);")]
    [InlineData("var source = new TaskCompletionSource<int>(); source.SetResult(1); Use(source.Task.Result);")]
    public Task Knows_a_task_that_is_made_complete(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("await t.ContinueWith(async x => { Use(x.Result); await Task.Yield(); });")]
    [InlineData("await t.ContinueWith(async _ => { Use(t.Result); await Task.Yield(); });")]
    [InlineData("await Task.Factory.ContinueWhenAll(array, async x => { Use(x[0].Result); await Task.Yield(); });")]
    [InlineData("await Task.Factory.ContinueWhenAny(array, async done => { Use(done.Result); await Task.Yield(); });")]
    [InlineData("await Then(t, x => { Use(x.Result); return Helper(x); });")]
    public Task Knows_the_antecedent_of_a_continuation(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("await Task.WhenAny(t, u); Use([|t.Result|]);")]
    [InlineData("await u; Use([|t.Result|]);")]
    [InlineData("Use([|t.Result|]); await t;")]
    [InlineData("if (u.IsCompleted) Use([|t.Result|]);")]
    [InlineData("if (flag) await t; else Use([|t.Result|]);")]
    [InlineData("Use(flag ? await t : [|t.Result|]);")]
    [InlineData("if (t == null) return; Use([|t.Result|]);")]
    [InlineData("await service.OtherAsync(); Use([|service.WorkAsync().Result|]);")]
    [InlineData("await service.OtherAsync(); var x = service.WorkAsync(); Use([|x.Result|]);")]
    [InlineData("if (flag) { [|t.Wait()|]; } Use([|t.Result|]);")]
    [InlineData("Use(new ValueTask<int>(1).Result + [|new ValueTask<int>(t).Result|]);")]
    [InlineData("foreach (var x in list) Use([|x.Result|]);")]
    [InlineData("var done = await Task.WhenAny(t, u, field); if (done == u) return; Use([|t.Result|]);")]
    [InlineData("Func<Task<int>, Task> f = x => { Use([|x.Result|]); return Helper(x); }; await f(t);")]
    [InlineData("var source = new TaskCompletionSource<int>(); Use([|source.Task.Result|]);")]
    public Task Does_not_take_something_else_for_evidence(string statements) => Reports(Async(statements));

    private static string Async(string statements) =>
        $$"""
        record Job(Task<int> Work);

        class Service
        {
            public Task<int> WorkAsync() => Task.Run(() => 1);
            public Task OtherAsync() => Task.Delay(1);
        }

        class C
        {
            Task<int> field = Task.Run(() => 1);
            Task<int> Property => field;
            Task Helper(Task task) => task;
            Task Then(Task<int> task, Func<Task<int>, Task> next) => task.ContinueWith(next).Unwrap();
            void Use(int n) { }

            async Task M(
                Task<int> t, Task<int> u, Task<int>[] array, List<Task<int>> list, Dictionary<int, Task<int>> map,
                List<Job> jobs, ValueTask<int> value, Service service, bool flag, CancellationToken token)
            {
                {{statements}}
            }
        }
        """;
}
