using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE301: coroutines and other cold work that nobody runs, and who runs it.</summary>
public sealed class UnawaitedCoroutineTests : RuleTests<UnawaitedCoroutineAnalyzer, UnawaitedCoroutineFix>
{
    [Fact]
    public Task Says_to_await_it() => Reports(
        Coroutine("[|Store()|];"), "'Store' never runs: await it");

    [Fact]
    public Task Says_who_could_run_it() => Reports(
        Member("void M() { [|Store()|]; }"),
        "'Store' never runs: await it in a coroutine, or spawn it in a group");

    [Fact]
    public Task Names_the_local_that_keeps_it() => Reports(
        Coroutine("var storing = [|Store()|];"), "'Store' never runs: 'storing' keeps it, and nobody awaits that");

    [Fact]
    public Task Names_the_field_that_keeps_it() => Reports(
        Member("Coroutine? _storing; void M() { _storing = [|Store()|]; }"),
        "'Store' never runs: '_storing' keeps it, and nobody awaits that");

    [Fact]
    public Task Says_that_the_call_was_awaited() => Reports(
        Coroutine("[|await Task.Run(() => Store())|];"),
        "'Run' never runs: it is the result of what is awaited here; await that, too");

    [Fact]
    public Task Says_that_the_sequence_keeps_it() => Reports(
        Coroutine("[|ids.Select(id => Load(id))|].ToList();"),
        "'Load' never runs: nobody takes it out of the sequence; spawn each in a group");

    [Theory]
    [InlineData("_ = [|Store()|];")]
    [InlineData("Coroutine s; s = [|Store()|];")]
    [InlineData("this?[|.Store()|];")]
    [InlineData("_ = flag ? [|Store()|] : [|Load(1)|];")]
    [InlineData("[|Load(1)|];")]
    [InlineData("Coroutine c = [|Load(1)|];")]
    [InlineData("[|Coroutine.Sleep(TimeSpan.FromSeconds(1))|];")]
    [InlineData("[|Coroutine.Yield()|];")]
    [InlineData("[|Blocking.RunAsync(ct => Thread.Sleep(1))|];")]
    [InlineData("_ = [|ids.Select(Load)|];")]
    [InlineData("var all = [|ids.Select(Load)|].ToArray();")]
    [InlineData("Action a = () => [|Store()|]; a();")]
    [InlineData("new List<int>().ForEach(id => [|Load(id)|]);")]
    [InlineData("[|new Lazily()|];")]
    [InlineData("[|Later()|];")]
    [InlineData("[|Marked()|];")]
    public Task Reports_what_never_runs(string statements) => Reports(Coroutine(statements));

    [Theory]
    [InlineData("await Store();")]
    [InlineData("var storing = Store(); await storing;")]
    [InlineData("group.Spawn(Store()); group.Run(Load(1)); group.RunService(Store());")]
    [InlineData("await group.SpawnAsync(Store());")]
    [InlineData("EventLoop.Run(Store());")]
    [InlineData("var driver = new CoroutineDriver(Store());")]
    [InlineData("_field = Store(); await _field;")]
    [InlineData("var all = ids.Select(Load).ToList(); foreach (var one in all) await one;")]
    [InlineData("await Coroutine.GatherAsync(ids.Select(Load));")]
    [InlineData("Keep(Store());")]
    [InlineData("list.Add(Store());")]
    [InlineData("await await Task.Run(() => Store());")]
    [InlineData("var storing = await Task.Run(() => Store()); await storing;")]
    [InlineData("Func<Coroutine> f = () => Store(); await f();")]
    [InlineData("await Coroutine.Sleep(TimeSpan.FromSeconds(1));")]
    [InlineData("await Task.Delay(1);")]
    public Task Ignores_what_somebody_runs(string statements) => Ignores(Coroutine(statements), Loop);

    [Theory]
    [InlineData("Coroutine M() => Store();")]
    [InlineData("Coroutine M() { var storing = Store(); return storing; }")]
    [InlineData("Coroutine Own => Store();")]
    [InlineData("internal Coroutine? Kept; void M() { Kept = Store(); }")]
    [InlineData("Coroutine? _kept; void M() { _kept = Store(); } Coroutine? Kept => _kept;")]
    public Task Ignores_who_hands_it_on(string member) => Ignores(Member(member), Loop);

    [Fact]
    public Task Knows_the_types_that_the_user_calls_cold() => Reports(
        """
        class Operation { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }

        class C
        {
            Operation Start() => new();
            async Task M() { [|Start()|]; await Start(); }
        }
        """,
        Code.Default with { EditorConfig = "scoped_tasks.cold_types = Operation" });

    [Theory]
    [InlineData("[|Store()|]; // now", "await Store(); // now")]
    [InlineData("_ = [|Load(1)|];", "await Load(1);")]
    [InlineData("var storing = [|Store()|];", "await Store();")]
    [InlineData("[|Coroutine.Sleep(TimeSpan.FromSeconds(1))|];", "await Coroutine.Sleep(TimeSpan.FromSeconds(1));")]
    public Task Awaits_it(string before, string after) => Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Theory]
    [InlineData("[|Store()|]; // now", "group.Spawn(Store()); // now")]
    [InlineData("_ = [|Load(1)|];", "group.Spawn(Load(1));")]
    [InlineData("var storing = [|Store()|];", "group.Spawn(Store());")]
    public Task Spawns_it(string before, string after) =>
        Fixes(Coroutine(before), Coroutine(after), plan: "SpawnInGroup", code: Loop);

    [Fact]
    public Task Spawns_it_first_where_nothing_can_be_awaited() => Fixes(
        Member("void M(CoroutineGroup group) { [|Store()|]; }"),
        Member("void M(CoroutineGroup group) { group.Spawn(Store()); }"),
        code: Loop);

    [Theory]
    [InlineData("void M() { [|Store()|]; }")]
    [InlineData("Coroutine? _kept; void M() { _kept = [|Store()|]; }")]
    [InlineData("async Coroutine M() { [|await Task.Run(() => Store())|]; }")]
    [InlineData("async Coroutine M(int[] ids) { [|ids.Select(Load)|].ToList(); await Coroutine.Yield(); }")]
    public Task Writes_nothing_where_nobody_could_run_it(string member) => OffersNoFix(Member(member), code: Loop);

    private static Task Reports(string source) => Reports(source, Loop);

    private static Task Reports(string source, string message) => Reports(source, message, Loop);

    private static Code Loop => Code.Default with { Sources = [("/0/Usings.cs", "global using ScopedTasks;")] };

    private static string Coroutine(string statements) => Member(
        $$"""
        Coroutine? _field;

            async Coroutine M(bool flag, int[] ids, CoroutineGroup group, List<Coroutine> list)
            {
                await Coroutine.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        class ColdAttribute : Attribute { }

        [Cold]
        class Lazily { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }

        class C
        {
            async Coroutine Store() { await Coroutine.Yield(); }
            async Coroutine<int> Load(int id) { await Coroutine.Yield(); return id; }
            Lazily Later() => new();
            [Cold] Task Marked() => new Task(() => { });
            void Keep(Coroutine coroutine) { }
            {{member}}
        }
        """;
}
