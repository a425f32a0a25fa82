using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Scopes;

/// <summary>SCOPE601: work that nobody waits for where a task group is in hand.</summary>
public sealed class DetachedInsideGroupTests : RuleTests<DetachedInsideGroupAnalyzer>
{
    [Fact]
    public Task Says_which_group_is_in_hand() => Reports(
        Type("async Task M(TaskGroup group) { await Task.Yield(); _ = [|SendAsync(1)|]; }"),
        "'SendAsync' is started beside the task group 'group': nobody waits for it, and its failure is lost; "
        + "spawn it in the group");

    [Fact]
    public Task Says_that_a_failure_on_a_thread_ends_the_process() => Reports(
        Type("void M(TaskGroup group) => [|ThreadPool.QueueUserWorkItem(_ => Compute())|];"),
        "'QueueUserWorkItem' is started beside the task group 'group': nobody waits for it, and its failure ends the "
        + "process; spawn it in the group");

    [Theory]
    [InlineData("_ = [|SendAsync(1)|];")]
    [InlineData("[|SendAsync(1)|];")]
    [InlineData("[|SendAsync(1)|].ConfigureAwait(false);")]
    [InlineData("_ = [|Task.Run(() => Compute())|];")]
    [InlineData("[|Task.Run(() => Compute())|];")]
    [InlineData("_ = [|Task.Factory.StartNew(() => Compute())|];")]
    [InlineData("var lost = [|Task.Run(() => Compute())|];")]
    [InlineData("var ignored = [|SendAsync(1)|];")]
    [InlineData("[|new Thread(Compute).Start()|];")]
    [InlineData("try { _ = [|SendAsync(1)|]; } finally { Compute(); }")]
    [InlineData("group.Spawn(async ct => { await Task.Yield(); _ = [|SendAsync(1)|]; });")]
    [InlineData(
        "new System.Collections.Generic.List<int>().ForEach(i => { if (i > 2) [|Task.Run(() => Compute())|]; "
        + "});")]
    [InlineData("void Local() { _ = [|SendAsync(1)|]; } Local();")]
    public Task Reports_work_beside_a_parameter(string body) =>
        Reports(Type($"async Task M(TaskGroup group) {{ await Task.Yield(); {body} }}"));

    [Theory]
    [InlineData(
        "async Task M() { await using var group = TaskGroup.Open(); _ = [|SendAsync(1)|]; "
        + "await group.CompleteAsync(); }")]
    [InlineData("async Task M() { await using (var group = TaskGroup.Open()) { _ = [|SendAsync(1)|]; } }")]
    [InlineData("Task M() => TaskGroup.RunAsync(async group => { await Task.Yield(); _ = [|SendAsync(1)|]; });")]
    [InlineData("Task M() => TaskGroup.RunAsync(static group => { _ = [|Task.Run(() => Console.WriteLine())|]; });")]
    [InlineData("readonly TaskGroup _group = TaskGroup.Open(); void M() { _ = [|SendAsync(1)|]; }")]
    [InlineData(
        "readonly TaskGroup _group = TaskGroup.Open(); void M() { Action send = () => _ = [|SendAsync(1)|]; "
        + "send(); }")]
    [InlineData(
        "static readonly TaskGroup Group = TaskGroup.Open(); static void M() { "
        + "_ = [|Task.Run(() => Console.WriteLine())|]; }")]
    [InlineData("readonly TaskGroup _group = TaskGroup.Open(); C() => _ = [|SendAsync(1)|];")]
    [InlineData("readonly TaskGroup _group = TaskGroup.Open(); int P { get { _ = [|SendAsync(1)|]; return 1; } }")]
    public Task Reports_work_beside_any_group_in_hand(string members) => Reports(Type(members));

    [Theory]
    [InlineData("await SendAsync(1);")]
    [InlineData("await Task.Run(() => Compute());")]
    [InlineData("group.Spawn(ct => SendAsync(1));")]
    [InlineData("group.Spawn(ct => Task.Run(() => Compute()));")]
    [InlineData("_ = group.Run(ct => SendAsync(1));")]
    [InlineData("var work = Task.Run(() => Compute()); await work;")]
    [InlineData("var work = SendAsync(1);")]
    [InlineData("_task = Task.Run(() => Compute());")]
    [InlineData("Keep(Task.Run(() => Compute()));")]
    [InlineData("foreach (var i in new int[999]) _ = SendAsync(i);")]
    [InlineData("using var timer = new Timer(_ => SendAsync(1), null, 0, 10);")]
    [InlineData("await group.CompleteAsync(); _ = SendAsync(1);")]
    [InlineData("token.Register(() => { _ = SendAsync(1); });")]
    [InlineData("_action = () => { _ = SendAsync(1); };")]
    [InlineData("static void Local() { _ = Task.Delay(1).ContinueWith(async t => await t); } Local();")]
    [InlineData("BackgroundTasks.Spawn(ct => SendAsync(1));")]
    [InlineData("_ = DetachAsync();")]
    [InlineData("_ = nameof(SendAsync);")]
    [InlineData("var pending = Task.Run(() => Compute()); if (token.CanBeCanceled) return; await pending;")]
    public Task Ignores_work_that_has_an_owner_or_another_rule(string body) =>
        Ignores(Type($"async Task M(TaskGroup group, CancellationToken token) {{ await Task.Yield(); {body} }}"));

    [Theory]
    [InlineData(
        "readonly TaskGroup _group = TaskGroup.Open(); static void M() { "
        + "_ = Task.Run(() => Console.WriteLine()); }")]
    [InlineData("TaskGroup? _group; void M() { _ = SendAsync(1); }")]
    [InlineData("void M() { _ = SendAsync(1); var group = TaskGroup.Open(); }")]
    [InlineData("void M() { { var group = TaskGroup.Open(); } _ = SendAsync(1); }")]
    [InlineData("class Inner { readonly TaskGroup _inner = TaskGroup.Open(); } void M() { _ = SendAsync(1); }")]
    [InlineData(
        "readonly TaskGroup _group = TaskGroup.Open(); async Task M() { await "
        + "_group.DisposeAsync(); _ = SendAsync(1); }")]
    [InlineData("TaskGroup Group => null!; void M() { _ = SendAsync(1); }")]
    [InlineData(
        "readonly TaskGroup _group = TaskGroup.Open(); "
        + "readonly Action _work = () => _ = Task.Delay(1).ContinueWith(async t => await t);")]
    public Task Ignores_groups_that_are_out_of_reach(string members) => Ignores(Type(members));

    private static string Type(string members) =>
        $$"""
        using ScopedTasks;

        #pragma warning disable CS4014, CS1998
        class C
        {
            private Task? _task;
            private Action? _action;

            {{members}}

            void Compute() { }
            void Keep(Task task) => _task = task;
            Task SendAsync(int id) => Task.Delay(id);
            [Detached] Task DetachAsync() => Task.Delay(1);
        }
        """;
}
