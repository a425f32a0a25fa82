using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Scopes;

/// <summary>SCOPE603: a group in a local that a normal path leaves without completing it.</summary>
public sealed class IncompleteGroupTests : RuleTests<IncompleteGroupAnalyzer>
{
    private const string Advice =
        ", and what still runs is cancelled; await 'CompleteAsync' before every normal exit, or 'Cancel' it";

    [Fact]
    public Task Says_that_no_path_completes_it() => Reports(
        Async("await using var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1)); await SaveAsync();"),
        "The task group 'group' is never completed" + Advice);

    [Fact]
    public Task Says_which_jump_leaves_before() => Reports(
        Async(
            """
            await using var group = [|TaskGroup.Open(ct)|];
            group.Spawn(ct => SendAsync(1));
            if (n > 3) return;
            await group.CompleteAsync();
            """),
        "The task group 'group' is not completed on every path: 'return' leaves before" + Advice);

    [Fact]
    public Task Says_that_an_exception_leaves_it_running() => Reports(
        Async("var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1)); await group.CompleteAsync();"),
        "The task group 'group' is not disposed where an exception leaves, and its children run on; open it with "
        + "'await using'");

    [Theory]
    [InlineData("group.Spawn(ct => SendAsync(1));")]
    [InlineData("group.Run(ct => SendAsync(1));")]
    [InlineData("await group.Run(ct => SendAsync(1));")]
    [InlineData("await group.SpawnAsync(ct => SendAsync(1));")]
    [InlineData("group.Track(SendAsync(1));")]
    [InlineData("group.RunOnThreadPool(ct => n);")]
    [InlineData("group.Spawn(n > 2 ? ct => SendAsync(1) : ct => SendAsync(2));")]
    [InlineData("group?.Spawn(ct => SendAsync(1));")]
    [InlineData("foreach (var i in new[] { 1, 2 }) group.Spawn(ct => SendAsync(i));")]
    [InlineData("new[] { 1 }.ToList().ForEach(i => group.Spawn(ct => SendAsync(i)));")]
    [InlineData("void Send() => group.Spawn(ct => SendAsync(1)); Send();")]
    [InlineData("SpawnAll(group);")]
    [InlineData("group.Spawn(ct => SendAsync(1)); group.CancelAfter(TimeSpan.FromSeconds(1));")]
    [InlineData("group.Spawn(ct => SendAsync(1)); Console.WriteLine(group.RunningCount);")]
    [InlineData("group.Spawn(ct => SendAsync(1)); await group.DisposeAsync();")]
    [InlineData("group.Spawn(ct => SendAsync(1)); if (n > 3) await group.CompleteAsync();")]
    [InlineData("group.Spawn(ct => SendAsync(1)); if (n > 3) { await group.CompleteAsync(); return; }")]
    [InlineData("group.Spawn(ct => SendAsync(1)); while (n > 0) { n--; if (n == 4) await group.CompleteAsync(); }")]
    [InlineData("if (n > 3) { group.Spawn(ct => SendAsync(1)); } else { await group.CompleteAsync(); }")]
    [InlineData("await group.CompleteAsync(); group.Spawn(ct => SendAsync(1));")]
    [InlineData("try { group.Spawn(ct => SendAsync(1)); } finally { await SaveAsync(); }")]
    [InlineData("group.Spawn(async ct => { group.Spawn(ct => SendAsync(2)); await SendAsync(1); });")]
    [InlineData("using var source = new CancellationTokenSource(); group.Spawn(ct => SendAsync(1)); return;")]
    public Task Reports_a_group_that_a_path_leaves(string body) =>
        Reports(Async("await using var group = [|TaskGroup.Open(ct)|]; " + body));

    [Theory]
    [InlineData("await using (var group = [|TaskGroup.Open(ct)|]) { group.Spawn(ct => SendAsync(1)); }")]
    [InlineData("var group = [|TaskGroup.Open(ct)|]; await using (group) { group.Spawn(ct => SendAsync(1)); }")]
    [InlineData(
        "var group = [|TaskGroup.Open(ct)|]; "
        + "await using (group.ConfigureAwait(false)) group.Spawn(ct => SendAsync(1));")]
    [InlineData(
        "while (n-- > 0) { await using var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1)); }")]
    [InlineData(
        """
        var group = [|TaskGroup.Open(ct)|];
        try { group.Spawn(ct => SendAsync(1)); } finally { await group.DisposeAsync(); }
        """)]
    [InlineData(
        "TaskGroup group; group = [|TaskGroup.Open(new TaskGroupOptions(), ct)|]; group.Spawn(ct => SendAsync(1));")]
    [InlineData(
        "Func<Task> work = async () => { await using var g = [|TaskGroup.Open()|]; "
        + "g.Spawn(ct => SendAsync(1)); };")]
    [InlineData(
        "async Task Work() { await using var g = [|TaskGroup.Open()|]; g.Spawn(ct => SendAsync(1)); "
        + "} await Work();")]
    public Task Reports_it_however_it_is_opened(string body) => Reports(Async(body));

    [Fact]
    public Task Reports_it_in_top_level_statements() => Reports(
        "using ScopedTasks; await using var group = [|TaskGroup.Open()|]; group.Spawn(ct => Task.Delay(1, ct));",
        Code.Program);

    [Theory]
    [InlineData("group.Spawn(ct => SendAsync(1)); await group.CompleteAsync();")]
    [InlineData("group.Spawn(ct => SendAsync(1)); await group.CompleteAsync().ConfigureAwait(false); return;")]
    [InlineData("if (n > 3) return; group.Spawn(ct => SendAsync(1)); await group.CompleteAsync();")]
    [InlineData("group.Spawn(ct => SendAsync(1)); if (n > 3) throw new Exception(); await group.CompleteAsync();")]
    [InlineData(
        "group.Spawn(ct => SendAsync(1)); if (n > 3) { group.Cancel(); return; } await group.CompleteAsync();")]
    [InlineData(
        "group.Spawn(ct => SendAsync(1)); try { await SaveAsync(); } finally { await group.CompleteAsync(); }")]
    [InlineData(
        "try { group.Spawn(ct => SendAsync(1)); } catch (Exception e) when (group.Fail(e)) { throw; "
        + "} await group.CompleteAsync();")]
    [InlineData(
        "try { group.Spawn(ct => SendAsync(1)); } catch (TimeoutException) { return; "
        + "} await group.CompleteAsync();")]
    [InlineData("while (true) { await SaveAsync(); await group.SpawnAsync(ct => SendAsync(1)); }")]
    [InlineData(
        "while (true) { await group.SpawnAsync(ct => SendAsync(1)); if (n > 3) break; "
        + "} await group.CompleteAsync();")]
    [InlineData(
        "if (n > 3) group.Spawn(ct => SendAsync(1)); await SaveAsync(); "
        + "if (n > 3) await group.CompleteAsync();")]
    [InlineData("group.Spawn(ct => SendAsync(1)); var done = group.CompleteAsync(); await done;")]
    [InlineData("group.Spawn(ct => SendAsync(1)); await EndAsync(group);")]
    [InlineData("group.Spawn(ct => SendAsync(1)); await Owner.EndAsync(group);")]
    [InlineData("group.Spawn(ct => SendAsync(1)); Task End() => group.CompleteAsync(); await End();")]
    [InlineData("Func<Task> end = group.CompleteAsync; group.Spawn(ct => SendAsync(1)); await end();")]
    [InlineData("group.Spawn(ct => SendAsync(1)); _group = group;")]
    [InlineData("Console.WriteLine(group.Name);")]
    [InlineData("")]
    [InlineData("if (group != null) { group.Spawn(ct => SendAsync(1)); await group.CompleteAsync(); }")]
    [InlineData(
        "switch (n) { case 1: group.Spawn(ct => SendAsync(1)); break; default: await SaveAsync(); break; "
        + "} await group.CompleteAsync();")]
    public Task Ignores_a_group_that_every_normal_path_ends(string body) =>
        Ignores(Async("await using var group = TaskGroup.Open(ct); " + body));

    [Theory]
    [InlineData("var group = TaskGroup.Open(ct); group.Spawn(ct => SendAsync(1)); _group = group;")]
    [InlineData("_group = TaskGroup.Open(ct); _group.Spawn(ct => SendAsync(1));")]
    [InlineData("var group = TaskGroup.Open(ct); group.Spawn(ct => SendAsync(1)); Keep(group);")]
    [InlineData("await TaskGroup.RunAsync(async group => { group.Spawn(ct => SendAsync(1)); await SaveAsync(); });")]
    [InlineData(
        """
        var group = TaskGroup.Open(ct);
        await using (group.ConfigureAwait(false)) { group.Spawn(ct => SendAsync(1)); await group.CompleteAsync(); }
        """)]
    [InlineData(
        """
        var group = TaskGroup.Open(ct);
        await using var disposal = group.ConfigureAwait(false);
        group.Spawn(ct => SendAsync(1));
        await group.CompleteAsync();
        """)]
    [InlineData(
        """
        var group = TaskGroup.Open(ct);
        try { group.Spawn(ct => SendAsync(1)); await group.CompleteAsync(); } finally { await group.DisposeAsync(); }
        """)]
    [InlineData(
        """
        var group = TaskGroup.Open(ct);
        try { group.Spawn(ct => SendAsync(1)); await group.CompleteAsync(); } finally { await group.DisposeAsync(); }
        group = TaskGroup.Open(ct);
        group.Spawn(ct => SendAsync(2));
        await group.DisposeAsync();
        """)]
    public Task Ignores_a_group_that_somebody_else_ends(string body) => Ignores(Async(body));

    [Fact]
    public Task Ignores_a_group_that_is_returned() => Ignores(
        """
        using ScopedTasks;

        class C
        {
            TaskGroup Open() { var group = TaskGroup.Open(); group.Spawn(ct => Task.Delay(1, ct)); return group; }
        }
        """);

    [Fact]
    public Task Ignores_a_type_of_that_name_that_is_not_ours() => Ignores(
        """
        using System;
        using System.Threading.Tasks;

        class TaskGroup
        {
            public static TaskGroup Open() => new();
            public void Spawn(Func<Task> work) { }
        }

        class C { void M() { var group = TaskGroup.Open(); group.Spawn(() => Task.CompletedTask); } }
        """,
        Code.WithoutRuntime);

    [Fact]
    public Task Goes_through_a_long_function() => Reports(
        Async(
            "await using var group = [|TaskGroup.Open(ct)|];\n"
            + string.Concat(Enumerable.Range(0, 300).Select(i => $"if (n == {i}) group.Spawn(ct => SendAsync({i}));\n"))
            + "if (n == -1) return;\nawait group.CompleteAsync();"));

    private static string Async(string body) =>
        $$"""
        #pragma warning disable CS1998
        using ScopedTasks;

        class C
        {
            private TaskGroup? _group;

            async Task M(int n, CancellationToken ct)
            {
                {{body}}
            }

            static Task SendAsync(int id) => Task.Delay(id);
            static Task SaveAsync() => Task.Delay(1);
            static void SpawnAll(TaskGroup group) => group.Spawn(ct => SendAsync(3));
            static async Task EndAsync(TaskGroup group) => await group.CompleteAsync();
            void Keep(TaskGroup group) => _group = group;
        }

        abstract class Owner
        {
            public static Task EndAsync(TaskGroup group) => Forward(group);
            static Task Forward(TaskGroup group) => group.CompleteAsync();
        }
        """;
}
