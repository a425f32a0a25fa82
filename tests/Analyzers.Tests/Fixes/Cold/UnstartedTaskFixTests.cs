using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary><c>Task.Run</c> for a task that nobody started, in surroundings that a hasty rewrite breaks.</summary>
public sealed class UnstartedTaskFixTests : RuleTests<UnstartedTaskAnalyzer, UnstartedTaskFix>
{
    [Theory]
    [InlineData("await [|new Task<object>(() => \"\")|];", "await Task.Run<object>(() => \"\");")]
    [InlineData("await [|new Task<long>(() => 1)|];", "await Task.Run<long>(() => 1);")]
    [InlineData("await [|new Task(static () => { })|];", "await Task.Run(static () => { });")]
    [InlineData("await [|new Task(Work)|];", "await Task.Run(Work);")]
    [InlineData("Task<int> t = [|new(() => 1)|]; await t;", "Task<int> t = Task.Run(() => 1); await t;")]
    [InlineData("Use(await [|new Task<int>(() => 1)|] + 1);", "Use(await Task.Run(() => 1) + 1);")]
    [InlineData("Use($\"{await [|new Task<int>(() => 1)|]}\");", "Use($\"{await Task.Run(() => 1)}\");")]
    [InlineData("[|new Task(Work)|].Wait();", "Task.Run(Work).Wait();")]
    [InlineData("Use([|new Task<int>(() => 1)|].Result);", "Use(Task.Run(() => 1).Result);")]
    [InlineData(
        "await [|new Task(Work, CancellationToken.None)|].ConfigureAwait(false);",
        "await Task.Run(Work, CancellationToken.None).ConfigureAwait(false);")]
    [InlineData(
        "lock (this) { var t = [|new Task(Work)|]; t.Wait(); }", "lock (this) { var t = Task.Run(Work); t.Wait(); }")]
    [InlineData(
        "try { await [|new Task(Work)|]; } catch when (flag) { await [|new Task(Work)|]; }",
        "try { await Task.Run(Work); } catch when (flag) { await Task.Run(Work); }")]
    [InlineData(
        "await [|new Task( // long\n            Work)|]; // done",
        "await Task.Run( // long\n            Work); // done")]
    public Task Runs_it(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData(
        "int P { get { var t = [|new Task<int>(() => 1)|]; return t.Result; } }",
        "int P { get { var t = Task.Run(() => 1); return t.Result; } }")]
    [InlineData("public C() { [|new Task(Work)|].Wait(); }", "public C() { Task.Run(Work).Wait(); }")]
    [InlineData("static C() { [|new Task(Work)|].Wait(); }", "static C() { Task.Run(Work).Wait(); }")]
    [InlineData("~C() { [|new Task(Work)|].Wait(); }", "~C() { Task.Run(Work).Wait(); }")]
    [InlineData("readonly int _n = [|new Task<int>(() => 1)|].Result;", "readonly int _n = Task.Run(() => 1).Result;")]
    [InlineData(
        "static readonly Lazy<int> Kept = new(() => [|new Task<int>(() => 1)|].Result);",
        "static readonly Lazy<int> Kept = new(() => Task.Run(() => 1).Result);")]
    [InlineData(
        "void M(ref int i, out int o, Span<int> s) { o = i; s[0] = [|new Task<int>(() => 1)|].Result; }",
        "void M(ref int i, out int o, Span<int> s) { o = i; s[0] = Task.Run(() => 1).Result; }")]
    [InlineData(
        "public static int operator +(C a, C b) => [|new Task<int>(() => 1)|].Result;",
        "public static int operator +(C a, C b) => Task.Run(() => 1).Result;")]
    public Task Runs_it_in_every_member(string before, string after) => Fixes(Member(before), Member(after));

    [Fact]
    public Task Runs_two_of_one_method() => Fixes(
        Async("await [|new Task(Work)|]; var n = [|new Task<int>(() => 1)|]; Use(await n);"),
        Async("await Task.Run(Work); var n = Task.Run(() => 1); Use(await n);"));

    [Theory]
    [InlineData("await [|new Task<Task>(async () => await Task.Yield())|];")]
    [InlineData("await [|new Task(o => Use(o), 1)|];")]
    [InlineData("_ = [|new Task(Work, TaskCreationOptions.LongRunning)|];")]
    [InlineData("var t = [|new Task(Work)|]; if (flag) t.Start(); await t;")]
    [InlineData("lock (this) { [|new Task(Work)|]; }")]
    [InlineData("Action a = () => [|new Task(Work)|]; a();")]
    public Task Writes_nothing_that_would_do_something_else(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("async Task M() { Expression<Func<Task>> e = () => new Task(Work); Use(e); await Task.Yield(); }")]
    [InlineData("async Task M() { Use(nameof(Task<int>)); await Task.Yield(); }")]
    public Task Is_silent_where_nothing_runs(string member) => Ignores(Member(member));

    private static string Async(string statements) => Member(
        $$"""
        async Task M(bool flag)
            {
                await Task.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        using System.Linq.Expressions;

        class C
        {
            static void Work() { }
            static void Use(object? value) { }
            {{member}}
        }
        """;
}
