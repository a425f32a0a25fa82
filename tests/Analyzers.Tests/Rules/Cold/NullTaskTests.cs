using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

/// <summary>SCOPE307: null where a task is promised, and a complete task for it.</summary>
public sealed class NullTaskTests : RuleTests<NullTaskAnalyzer, NullTaskFix>
{
    [Fact]
    public Task Names_the_method_that_gives_it() => Reports(
        Member("Task SaveAsync() => [|null|];"),
        "'null' is returned to whoever awaits 'SaveAsync'; give 'Task.CompletedTask'");

    [Fact]
    public Task Names_what_is_null_behind_a_check() => Reports(
        Member("Task SaveAsync() => [|next?.SaveAsync()|];"),
        "'next?.SaveAsync()' is null when 'next' is, and returned to whoever awaits 'SaveAsync'; "
        + "give 'Task.CompletedTask'");

    [Fact]
    public Task Names_the_local_that_it_reaches() => Reports(
        Member("async Task M() { Task t = [|null|]; if (flag) t = SaveAsync(); await t; } Task SaveAsync() => null!;"),
        "'null' reaches 't' where it is awaited, which throws; give 'Task.CompletedTask'");

    [Fact]
    public Task Names_the_lambda() => Reports(
        Member("void M() { Func<Task<int>> f = () => [|null|]; f(); }"),
        "'null' is returned to whoever awaits what the lambda gives; give 'Task.FromResult(..)'");

    [Theory]
    [InlineData("Task SaveAsync() { return [|null|]; }")]
    [InlineData("Task SaveAsync() { return [|default|]; }")]
    [InlineData("Task SaveAsync() => [|default(Task)|];")]
    [InlineData("Task SaveAsync() => (Task)[|null|];")]
    [InlineData("Task<int> LoadAsync() => [|null|];")]
    [InlineData("Task SaveAsync() => flag ? Task.Delay(1) : [|null|];")]
    [InlineData("Task SaveAsync() => flag ? [|null|] : Task.Delay(1);")]
    [InlineData("Task SaveAsync() => flag switch { true => Task.Delay(1), _ => [|null|] };")]
    [InlineData("Task SaveAsync() { if (flag) return [|null|]; return Task.Delay(1); }")]
    [InlineData("Task Save() => [|null|];")]
    [InlineData("public override Task Flush() { if (flag) return [|null|]; return Task.Delay(1); }")]
    [InlineData("public override Task Flush() => [|null|];")]
    [InlineData("Task IFlush.Flush2() => [|null|];")]
    [InlineData("void M() { Local(); Task Local() => [|null|]; }")]
    [InlineData("void M() { Func<Task> f = delegate { return [|null|]; }; f(); }")]
    [InlineData("Task SaveAsync() { Task t = [|null|]; return t; }")]
    [InlineData("Task SaveAsync() { Task t = [|null|]; if (flag) { t = Task.Delay(1); } return t; }")]
    [InlineData("Task SaveAsync() { Task t; t = [|null|]; return t; }")]
    [InlineData("async Task M() { Task t = [|null|]; await t.ConfigureAwait(false); }")]
    [InlineData("async Task M() { await (flag ? Task.Delay(1) : [|null|]); }")]
    [InlineData("async Task M() { Task t = flag ? Task.Delay(1) : [|null|]; await t; }")]
    [InlineData("Task RaiseAsync() => [|callback?.Invoke()|];")]
    public Task Reports_every_way_to_give_it(string member) => Reports(Member(member));

    [Theory]
    [InlineData("async Task<string> LoadAsync() => null;")]
    [InlineData("Task<string> LoadAsync() => Task.FromResult<string>(null);")]
    [InlineData("ValueTask SaveAsync() => default;")]
    [InlineData("ValueTask<int> SaveAsync() { return default; }")]
    [InlineData("Task Running => null;")]
    [InlineData("Task FindTask() => null;")]
    [InlineData("Task TryEnqueue() { if (flag) return null; return Task.Delay(1); }")]
    [InlineData("Task running = null;")]
    [InlineData("void M(Task t = null) { }")]
    [InlineData("void M() { running(null); void running(Task t) { } }")]
    [InlineData("object Get() => null;")]
    [InlineData("Func<Task> Get() => null;")]
    [InlineData("Task SaveAsync() { Task t = null; t = Task.Delay(1); return t; }")]
    [InlineData("Task SaveAsync() { Task t = null; if (t == null) t = Task.Delay(1); return t; }")]
    [InlineData(
        "Task SaveAsync() { Task t = null; if (flag) t = Task.Delay(1); else return Task.Delay(2); return t; }")]
    [InlineData("async Task M() { Task t = null; if (flag) t = Task.Delay(1); if (flag) await t; }")]
    [InlineData("async Task M() { Task t = null; if (flag) t = Task.Delay(1); if (t != null) await t; }")]
    [InlineData("async Task M() { Task t = null; foreach (var i in new[] { 1 }) t = Task.Delay(i); await t; }")]
    [InlineData("async Task M() { Task t = null; try { t = Task.Delay(1); } catch { } await t; }")]
    [InlineData("async Task M() { Task t = null; Set(ref t); await t; } void Set(ref Task t) => t = Task.Delay(1);")]
    [InlineData("async Task M() { Task t = null; Action a = () => t = Task.Delay(1); a(); await t; }")]
    [InlineData("async Task M() { Task t = null; switch (flag) { case true: t = Task.Delay(1); break; } await t; }")]
    [InlineData("Task SaveAsync() => callback?.Invoke() ?? Task.CompletedTask;")]
    [InlineData("Task SaveAsync() { if (next == null) return Task.CompletedTask; return next?.SaveAsync(); } N next;")]
    [InlineData("[Fact] void M() { Func<Task> f = () => null; f(); }")]
    public Task Ignores_what_is_no_task_or_complete(string member) => Ignores(Member(member));

    [Theory]
    [InlineData("class C { Task? SaveAsync() => null; }")]
    [InlineData("class C { Task SaveAsync() => null!; }")]
    [InlineData("class C { Func<Task?> F => () => null; }")]
    [InlineData("class C { Task<int> LoadAsync() => default!; }")]
    [InlineData("class C { Task SaveAsync(C next) => next?.SaveAsync(next)!; }")]
    public Task Believes_who_says_that_there_may_be_none(string source) => Ignores(source);

    [Fact]
    public Task Stands_beside_the_compiler() => Reports(
        "class C { Task SaveAsync() => [|null|]; "
        + "async Task M(bool b) { Task? t = [|null|]; if (b) t = M(b); await t; } }");

    [Fact]
    public Task Ignores_an_expression_tree() => Ignores(
        "using System.Linq.Expressions; class C { Expression<Func<Task>> E = () => null!; }");

    [Theory]
    [InlineData("Task SaveAsync() => [|null|];", "Task SaveAsync() => Task.CompletedTask;")]
    [InlineData("Task SaveAsync() { return [|default|]; }", "Task SaveAsync() { return Task.CompletedTask; }")]
    [InlineData("Task<int> LoadAsync() => [|null|];", "Task<int> LoadAsync() => Task.FromResult(0);")]
    [InlineData("Task<bool> LoadAsync() => [|null|];", "Task<bool> LoadAsync() => Task.FromResult(false);")]
    [InlineData(
        "Task<string> LoadAsync() => [|null|];", "Task<string> LoadAsync() => Task.FromResult<string>(null);")]
    [InlineData("Task<Guid> LoadAsync() => [|null|];", "Task<Guid> LoadAsync() => Task.FromResult(default(Guid));")]
    [InlineData(
        "Task<T> LoadAsync<T>() => [|null|];", "Task<T> LoadAsync<T>() => Task.FromResult<T>(default);")]
    [InlineData(
        "Task SaveAsync() => flag ? /* none */ [|null|] : Task.Delay(1);",
        "Task SaveAsync() => flag ? /* none */ Task.CompletedTask : Task.Delay(1);")]
    [InlineData(
        "Task SaveAsync() { Task t = [|null|]; return t; }",
        "Task SaveAsync() { Task t = Task.CompletedTask; return t; }")]
    [InlineData(
        "Task SaveAsync() => [|callback?.Invoke()|];", "Task SaveAsync() => callback?.Invoke() ?? Task.CompletedTask;")]
    [InlineData(
        "Task<int> LoadAsync() { return [|count?.Invoke()|]; }",
        "Task<int> LoadAsync() { return count?.Invoke() ?? Task.FromResult(0); }")]
    public Task Gives_a_complete_task(string before, string after) => Fixes(Member(before), Member(after));

    [Theory]
    [InlineData("string", "Task.FromResult<string>(null!)")]
    [InlineData("string?", "Task.FromResult<string?>(null)")]
    [InlineData("List<int>", "Task.FromResult<List<int>>(null!)")]
    [InlineData("int", "Task.FromResult(0)")]
    [InlineData("int?", "Task.FromResult(default(int?))")]
    public Task Says_on_purpose_where_the_compiler_follows_null(string result, string task) => Fixes(
        $"class C {{ Task<{result}> LoadAsync() => [|null|]; }}",
        $"class C {{ Task<{result}> LoadAsync() => {task}; }}");

    [Fact]
    public Task Qualifies_names_that_are_taken() => Fixes(
        "class Task { } class C { System.Threading.Tasks.Task SaveAsync() => [|null|]; }",
        "class Task { } class C { System.Threading.Tasks.Task SaveAsync() => "
        + "System.Threading.Tasks.Task.CompletedTask; }",
        code: new Code { Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable });

    private static string Member(string member) =>
        $$"""
        #nullable disable
        interface IFlush { Task Flush2(); }
        abstract class Base { public virtual Task Flush() => Task.CompletedTask; }
        class FactAttribute : Attribute { }
        class N { public Task SaveAsync() => Task.CompletedTask; }

        class C : Base, IFlush
        {
            bool flag = Environment.ProcessorCount > 1;
            Func<Task> callback;
            Func<Task<int>> count;
            {{(member.Contains("N next") ? "" : "N next;")}}
            {{(member.Contains("IFlush.") ? "" : "Task IFlush.Flush2() => Task.CompletedTask;")}}
            {{member}}
        }
        """;
}
